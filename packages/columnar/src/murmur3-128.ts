const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));

function finalMix(value: number): number {
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/**
 * MurmurHash3_x86_128, seed 0, of `count` whole words from word `at`, written to `out[slot … slot + 3]` as h1 … h4.
 * Source: Austin Appleby, MurmurHash3.cpp (public domain), https://github.com/aappleby/smhasher. Chosen because its words of 32 bits
 * are what JavaScript multiplies fast, and because other languages have it (mmh3.hash128(data, x64arch=False) in Python).
 */
export function murmur3Words(words: Int32Array, at: number, count: number, out: Uint32Array, slot: number): void {
  let h1 = 0;
  let h2 = 0;
  let h3 = 0;
  let h4 = 0;
  const body = at + (count & ~3);
  let index = at;
  for (; index < body; index += 4) {
    h1 ^= Math.imul(rotate(Math.imul(words[index]!, 0x239b961b), 15), 0xab0e9789);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(words[index + 1]!, 0xab0e9789), 16), 0x38b34ae5);
    h2 = (Math.imul((rotate(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
    h3 ^= Math.imul(rotate(Math.imul(words[index + 2]!, 0x38b34ae5), 17), 0xa1e38b93);
    h3 = (Math.imul((rotate(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
    h4 ^= Math.imul(rotate(Math.imul(words[index + 3]!, 0xa1e38b93), 18), 0x239b961b);
    h4 = (Math.imul((rotate(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
  }
  const tail = count & 3;
  if (tail > 2) h3 ^= Math.imul(rotate(Math.imul(words[index + 2]!, 0x38b34ae5), 17), 0xa1e38b93);
  if (tail > 1) h2 ^= Math.imul(rotate(Math.imul(words[index + 1]!, 0xab0e9789), 16), 0x38b34ae5);
  if (tail > 0) h1 ^= Math.imul(rotate(Math.imul(words[index]!, 0x239b961b), 15), 0xab0e9789);
  const bytes = count * 4;
  h1 ^= bytes;
  h2 ^= bytes;
  h3 ^= bytes;
  h4 ^= bytes;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  h1 = finalMix(h1);
  h2 = finalMix(h2);
  h3 = finalMix(h3);
  h4 = finalMix(h4);
  h1 = (h1 + h2 + h3 + h4) | 0;
  out[slot] = h1;
  out[slot + 1] = h2 + h1;
  out[slot + 2] = h3 + h1;
  out[slot + 3] = h4 + h1;
}
