import { murmur3 } from './murmur3.ts';

/** Up to this factor the reduction below stays within 32 bits: A and B of up to 2^32 rows. */
export const largestFactor = 2 ** 16;

/** States worked on together: many are independent, so the processor computes several at once, and they stay in its first cache. */
const blockRows = 512;
const lefts = new Int32Array(blockRows);
const rights = new Int32Array(blockRows);

/** floor(uint32(hash) * factor / 2^32) in 32-bit integers, for factors up to {@link largestFactor}. */
function reduce(hash: number, factor: number): number {
  return (Math.imul(hash >>> 16, factor) + (Math.imul(hash & 0xffff, factor) >>> 16)) >>> 16;
}

/** `value - modulus` where that is not negative, else `value`, without a branch. */
function wrap(value: number, modulus: number): number {
  const rest = (value - modulus) | 0;
  return rest + (modulus & (rest >> 31));
}

/** One round over a block: `target[i] = (target[i] + red(source[i])) mod modulus`. */
function roundBlock(target: Int32Array, source: Int32Array, count: number, seed: number, modulus: number): void {
  for (let index = 0; index < count; index++)
    target[index] = wrap((target[index]! + reduce(murmur3(source[index]!, seed), modulus)) | 0, modulus);
}

/**
 * All rounds of perm-v1, once, for the numbers `start`, `start + 1`, …: the same as one at a time, at less than half the cost.
 * `a` and `b` are the factors of the state, at most {@link largestFactor}; results may be outside the permutation (cycle walking is the caller's).
 */
export function forwardBlock(start: number, out: Float64Array, a: number, b: number, seeds: Int32Array): void {
  for (let first = 0; first < out.length; first += blockRows) {
    const count = Math.min(blockRows, out.length - first);
    let left = Math.floor((start + first) / b) | 0;
    let right = (start + first - left * b) | 0;
    for (let index = 0; index < count; index++) {
      lefts[index] = left;
      rights[index] = right;
      right++;
      if (right === b) {
        right = 0;
        left++;
      }
    }
    for (let round = 0; round < seeds.length; round += 2) {
      roundBlock(lefts, rights, count, seeds[round]!, a);
      roundBlock(rights, lefts, count, seeds[round + 1]!, b);
    }
    for (let index = 0; index < count; index++) out[first + index] = lefts[index]! * b + rights[index]!;
  }
}
