import { isBadContent } from '@riffle/core';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decompressFrame } from '../src/lz4-frame.ts';
import { readAll } from './files/outcome.ts';

/** By pyarrow 26.0.1 and the command `lz4` 1.9.4: `files/make-compressed.py` says how. */
const fixture = (name: string) =>
  new Uint8Array(readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url))));

const repeated = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `line ${index % 700} of it\n`).join(''));

describe('LZ4 frames of the reference implementation', () => {
  it.each(['linked.lz4', 'independent.lz4', 'checksums.lz4', 'sized.lz4'])('%s', (name) => {
    const target = new Uint8Array(repeated.length);
    decompressFrame(fixture(name), target);
    expect(Buffer.compare(target, repeated)).toBe(0);
  });

  it('are refused for a length that they do not have', () => {
    for (const length of [0, repeated.length - 1, repeated.length + 1])
      expect(() => decompressFrame(fixture('linked.lz4'), new Uint8Array(length))).toThrow(/LZ4 compressed is damaged/);
  });

  it('with checksums are refused whatever byte differs', () => {
    const sound = fixture('checksums.lz4');
    for (let at = 0; at < sound.length; at += 1) {
      const bytes = Uint8Array.from(sound);
      bytes[at]! ^= 0x55;
      expect(() => decompressFrame(bytes, new Uint8Array(repeated.length))).toThrow(/damaged/);
    }
  });

  it('are refused wherever they are cut off', () => {
    const sound = fixture('linked.lz4');
    for (let length = 0; length < sound.length; length++)
      expect(() => decompressFrame(sound.subarray(0, length), new Uint8Array(repeated.length))).toThrow(/damaged/);
  });
});

describe.each(['lz4.arrow', 'zstd.arrow', 'lz4.arrows', 'zstd.arrows'])('%s with some bytes changed', (name) => {
  it('gives its rows or is refused', async () => {
    const sound = fixture(name);
    expect(await readAll(sound)).toHaveLength(7);
    let refused = 0;
    const change = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Uint8Array.from(sound);
        for (const [at, value] of changes) bytes[at] = value;
        const found = await readAll(bytes).catch((error: unknown) => error);
        if (Array.isArray(found)) expect(found).toHaveLength(7);
        else {
          expect([isBadContent(found), String(found)]).toEqual([true, String(found)]);
          refused++;
        }
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(500);
  }, 60_000);
});
