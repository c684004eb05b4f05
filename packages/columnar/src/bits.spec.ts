import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitAt, bytesForBits, copyBits, countBits } from './bits.ts';

const naive = (bytes: Uint8Array) =>
  [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (Math.floor(byte / 2 ** bit) % 2 === 1 ? 1 : 0)));
/** A bitmap and a range of its bits. */
const ranges = fc
  .uint8Array({ minLength: 0, maxLength: 20 })
  .chain((bytes) =>
    fc
      .tuple(fc.nat(8 * bytes.length), fc.nat(8 * bytes.length))
      .map(([a, b]) => ({ bytes, from: Math.min(a, b), count: Math.abs(a - b) })),
  );

describe('bits', () => {
  it('are numbered from the least significant of each byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9 }), (bytes) => {
        expect(naive(bytes).map((_, index) => (bitAt(bytes, index) ? 1 : 0))).toEqual(naive(bytes));
      }),
    );
  });

  it.each([
    [0, 0],
    [1, 1],
    [8, 1],
    [9, 2],
    [16, 2],
  ])('%d fit in %d bytes', (bits, bytes) => {
    expect(bytesForBits(bits)).toBe(bytes);
  });

  it('are counted in any range', () => {
    fc.assert(
      fc.property(ranges, ({ bytes, from, count }) => {
        expect(countBits(bytes, from, count)).toBe(
          naive(bytes)
            .slice(from, from + count)
            .filter((bit) => bit === 1).length,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are copied from any range, with zeros up to the next byte and nothing after', () => {
    fc.assert(
      fc.property(ranges, ({ bytes, from, count }) => {
        const target = new Uint8Array(bytesForBits(count) + 1).fill(0xa5);
        copyBits(bytes, from, count, target);
        const copied = naive(target.subarray(0, -1));
        expect(copied.slice(0, count)).toEqual(naive(bytes).slice(from, from + count));
        expect(copied.slice(count)).toEqual(copied.slice(count).fill(0));
        expect(target.at(-1)).toBe(0xa5);
      }),
      { numRuns: 500 },
    );
  });
});
