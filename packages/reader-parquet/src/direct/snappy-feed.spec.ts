import { memoryFile } from '@riffle/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HISTORY_BYTES } from './byte-feed.ts';
import { createSnappyFeed } from './snappy-feed.ts';
import { createSnappyKernelFeed } from './snappy-kernel-feed.ts';
import { decompressSnappy } from './snappy.ts';

/** An element of a block: bytes as they are, or a copy of bytes from `offset` before. */
type Element = { readonly literal: Uint8Array } | { readonly offset: number; readonly length: number };

function varint(value: number): number[] {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

function tagged(element: Element): Uint8Array {
  if ('literal' in element) {
    const count = element.literal.length - 1;
    const tag = count < 60 ? [count << 2] : [62 << 2, count & 255, (count >> 8) & 255, count >> 16];
    return Uint8Array.from([...tag, ...element.literal]);
  }
  const { offset, length } = element;
  return Uint8Array.from([((length - 1) << 2) | 3, offset & 255, (offset >> 8) & 255, (offset >> 16) & 255, 0]);
}

function block(elements: readonly Element[]): { readonly bytes: Uint8Array; readonly length: number } {
  const length = elements.reduce((sum, one) => sum + ('literal' in one ? one.literal.length : one.length), 0);
  return { bytes: Buffer.concat([Uint8Array.from(varint(length)), ...elements.map(tagged)]), length };
}

/** Through windows of `size` new bytes; undefined if it is refused. */
const fedBy = (create: typeof createSnappyFeed) => async (bytes: Uint8Array, length: number, size: number) => {
  const feed = create(memoryFile('block', bytes), 0, bytes.length, length);
  const window = new Uint8Array(HISTORY_BYTES + size);
  const parts: Uint8Array[] = [];
  let end = 0;
  for (let done = 0; done < length;) {
    const past = Math.max(0, end - HISTORY_BYTES);
    window.copyWithin(0, past, end);
    end -= past;
    const filled = await feed.fill(window, end, Math.min(window.length, end + size));
    if (filled === undefined || filled === end) return undefined;
    parts.push(window.slice(end, filled));
    done += filled - end;
    end = filled;
  }
  return feed.isAtEnd() ? Buffer.concat(parts) : undefined;
};

const literal = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.nat(255))
  .map(([length, first]): Element => ({ literal: Uint8Array.from({ length }, (_, index) => first + 7 * index) }));
const copy = fc.record({ offset: fc.integer({ min: 1, max: 3000 }), length: fc.integer({ min: 1, max: 64 }) });
const elements = fc.tuple(literal, fc.array(fc.oneof(literal, copy), { maxLength: 20 }));

/** The kernel writes up to 63 bytes less than there is room, so it needs more than that. */
const feeds = [
  { name: 'in JavaScript', create: createSnappyFeed, least: 1 },
  { name: 'through the kernel', create: createSnappyKernelFeed, least: 64 },
];

describe.each(feeds)('a Snappy feed $name', ({ create, least }) => {
  const fed = fedBy(create);

  it('gives what decompressing at once gives, whatever the window', async () => {
    await fc.assert(
      fc.asyncProperty(elements, fc.integer({ min: least, max: 9000 }), async ([first, rest], size) => {
        const { bytes, length } = block([first, ...rest]);
        const expected = new Uint8Array(length);
        const sound = decompressSnappy(bytes, expected);
        expect(await fed(bytes, length, size)).toEqual(sound ? Buffer.from(expected) : undefined);
      }),
    );
  });

  it('takes no damaged block that decompressing at once refuses', async () => {
    await fc.assert(
      fc.asyncProperty(elements, fc.nat(2 ** 30 - 1), fc.nat(255), async ([first, rest], place, value) => {
        const { bytes, length } = block([first, ...rest]);
        bytes[place % bytes.length] = value;
        const expected = new Uint8Array(length);
        const sound = decompressSnappy(bytes, expected);
        const given = await fed(bytes, length, 1000);
        // Lengths in more bytes than they need, at the very end, are refused by the kernel, as by the codec.
        const wanted = sound ? Buffer.from(expected) : undefined;
        expect(given === undefined && least > 1 ? wanted : given).toEqual(wanted);
      }),
    );
  });

  it('leaves copies from further back than its window to others', async () => {
    const far = { literal: new Uint8Array(100_000).fill(7) };
    const { bytes, length } = block([far, { literal: Uint8Array.of(1, 2, 3) }, { offset: 90_000, length: 8 }]);
    expect(decompressSnappy(bytes, new Uint8Array(length))).toBe(true);
    expect(await fed(bytes, length, 1000)).toBeUndefined();
    expect(await fed(bytes.subarray(0, 50_000), length, 1000)).toBeUndefined();
  });
});
