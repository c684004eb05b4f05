import fc from 'fast-check';
import murmurHash3 from 'murmurhash3js-revisited';
import { describe, expect, it } from 'vitest';
import { murmur3Words } from './murmur3-128.ts';

function hashOf(words: Int32Array, at = 0, count = words.length): string {
  const out = new Uint32Array(6).fill(7);
  murmur3Words(words, at, count, out, 1);
  expect([out[0], out[5]]).toEqual([7, 7]);
  return [...out.subarray(1, 5)].map((word) => word.toString(16).padStart(8, '0')).join('');
}

describe('murmur3Words', () => {
  it('agrees with another implementation on any words, from any place', () => {
    fc.assert(
      fc.property(fc.int32Array({ maxLength: 40 }), fc.nat(), (words, start) => {
        const at = start % (words.length + 1);
        const rest = words.slice(at);
        expect(hashOf(words, at, rest.length)).toBe(murmurHash3.x86.hash128(new Uint8Array(rest.buffer), 0));
      }),
      { numRuns: 500 },
    );
  });

  // Python: mmh3.hash_bytes(b'…', 0, False) of mmh3 5.3.1, which wraps the author's C++; four words, each least significant byte first.
  it.each([
    ['', '00000000000000000000000000000000'],
    ['abcd', '96b6ccaa45afc62e45afc62e45afc62e'],
    ['abcdefgh', 'aef41136adb11487fa6c8092fa6c8092'],
    ['twelve bytes', 'a7d9ada7fc344c8478e6711ca6dda80b'],
    ['sixteen bytes 16', '6d9d756544fdcdbeea94cb68780fc9fc'],
    ['twenty bytes is this', 'd97813feca82613cb250e94233c4ff1a'],
    ['The quick brown fox jumps over the lazy dog.', '6cbb60997dd6ed5e2bbf0fbb9b627b55'],
  ])('gives what mmh3 gives for %j', (text, expected) => {
    const bytes = new TextEncoder().encode(text);
    expect(bytes.length % 4).toBe(0);
    expect(hashOf(new Int32Array(bytes.buffer))).toBe(expected);
  });
});
