import type { Suspect } from './number-blocks.ts';

/** Integers of 64 bits as two words, the lower first, without BigInt: loops over timestamps are long. */
const wordRange = 2 ** 32;

/** Integers of 32 bits as ones of 64: signed ones, unless told otherwise. */
export function widenWords(words: Int32Array, count: number, signed = true): Int32Array {
  const out = new Int32Array(2 * count);
  const signBits = signed ? -1 : 0;
  for (let row = 0; row < count; row++) {
    const word = words[row]!;
    out[2 * row] = word;
    out[2 * row + 1] = (word >> 31) & signBits;
  }
  return out;
}

/** Integers of 64 bits as ones of 32; those outside their range are suspected. */
export function narrowPairs(pairs: Int32Array, count: number, suspect: Suspect): Int32Array {
  const out = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    out[row] = pairs[2 * row]!;
    if (pairs[2 * row + 1] !== pairs[2 * row]! >> 31) suspect(row);
  }
  return out;
}

/** Products with a whole factor in 1 … 2^30; those that pass 64 bits are suspected. */
export function multiplyPairs(pairs: Int32Array, count: number, factor: number, suspect: Suspect): Int32Array {
  const out = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    const low = pairs[2 * row]!;
    // In digits of 16 bits, so that every product stays below 2^53.
    const first = (low & 0xffff) * factor;
    const second = (low >>> 16) * factor + Math.floor(first / 0x10000);
    // Exact wherever it fits 32 bits; where it does not, it is inexact but as far outside.
    const high = pairs[2 * row + 1]! * factor + Math.floor(second / 0x10000);
    out[2 * row] = ((second & 0xffff) << 16) | (first & 0xffff);
    out[2 * row + 1] = high;
    if (high < -0x80000000 || high > 0x7fffffff) suspect(row);
  }
  return out;
}

/** Quotients by a whole divisor in 1 … 2^30; those with a rest are suspected. Division in digits of 16 bits, of magnitudes. */
export function dividePairs(pairs: Int32Array, count: number, divisor: number, suspect: Suspect): Int32Array {
  const out = new Int32Array(2 * count);
  for (let row = 0; row < count; row++) {
    let low = pairs[2 * row]! >>> 0;
    let high = pairs[2 * row + 1]!;
    const negative = high < 0;
    if (negative) {
      low = low === 0 ? 0 : wordRange - low;
      high = ~high + (low === 0 ? 1 : 0);
    }
    high = high >>> 0;
    const upper = Math.floor(high / divisor);
    let rest = (high - upper * divisor) * 0x10000 + (low >>> 16);
    const middle = Math.floor(rest / divisor);
    rest = (rest - middle * divisor) * 0x10000 + (low & 0xffff);
    const lower = Math.floor(rest / divisor);
    rest -= lower * divisor;
    const magnitude = middle * 0x10000 + lower;
    const borrow = magnitude === 0 ? 0 : 1;
    out[2 * row] = negative ? -magnitude : magnitude;
    out[2 * row + 1] = negative ? -upper - borrow : upper;
    if (rest !== 0) suspect(row);
  }
  return out;
}
