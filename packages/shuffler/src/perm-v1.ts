import { createHash } from 'node:crypto';
import type { Permutation } from '@riffle/core';
import { forwardBlock, largestFactor } from './forward-block.ts';
import { murmur3 } from './murmur3.ts';
import { permutationKernel, smallestFactor } from './permutation-kernel.ts';

/** Beyond this the arithmetic below is no longer exact in doubles. */
export const maximumRows = 2 ** 42;

const roundKeySeed = 42;

/** murmur3(k_i, 42) for every round i, where k_i = int32be(sha256("perm-v1|" + seed + "|" + i)[0..4]). */
function roundSeeds(seed: string, rounds: number): Int32Array {
  const digest = (round: number) => createHash('sha256').update(`perm-v1|${seed}|${round}`, 'utf8').digest();
  return Int32Array.from({ length: rounds }, (_, round) => murmur3(digest(round).readInt32BE(0), roundKeySeed));
}

/**
 * The permutation perm-v1 of the numbers 0 … rows − 1: an unbalanced Feistel network over A × B ≥ rows whose rounds add
 * a reduced hash, with cycle walking. Stateless: O(1) memory, any position at any time, and the same in SQL. `seed` is used verbatim.
 * The specification with vectors is docs/reference/permutation.md. Cycle walking for permutations of any size:
 * J. Black and P. Rogaway, "Ciphers with Arbitrary Finite Domains" (2002), section 5.
 * @throws RangeError if `rows` is not a whole number from 0 to 2^42.
 */
export function createPermutation(rows: number, seed: string): Permutation {
  if (!Number.isInteger(rows) || rows < 0 || rows > maximumRows)
    throw new RangeError(`rows must be a whole number from 0 to 2^42, not ${rows}.`);
  const rounds = rows < 1_048_576 ? 16 : 8;
  const seeds = roundSeeds(seed, rounds);
  const a = Math.ceil(Math.sqrt(rows));
  const b = rows === 0 ? 0 : Math.ceil(rows / a);
  const scaleA = a / 2 ** 32;
  const scaleB = b / 2 ** 32;

  const forwardOnce = (x: number): number => {
    let left = Math.floor(x / b);
    let right = x - left * b;
    for (let round = 0; round < rounds; round += 2) {
      left += Math.floor((murmur3(right, seeds[round]!) >>> 0) * scaleA);
      if (left >= a) left -= a;
      right += Math.floor((murmur3(left, seeds[round + 1]!) >>> 0) * scaleB);
      if (right >= b) right -= b;
    }
    return left * b + right;
  };
  const backwardOnce = (x: number): number => {
    let left = Math.floor(x / b);
    let right = x - left * b;
    for (let round = rounds - 2; round >= 0; round -= 2) {
      right -= Math.floor((murmur3(left, seeds[round + 1]!) >>> 0) * scaleB);
      if (right < 0) right += b;
      left -= Math.floor((murmur3(right, seeds[round]!) >>> 0) * scaleA);
      if (left < 0) left += a;
    }
    return left * b + right;
  };
  const inside = (value: number, what: string) => {
    if (!Number.isInteger(value) || value < 0 || value >= rows)
      throw new RangeError(`${what} must be a whole number from 0 to ${rows - 1}, not ${value}.`);
  };

  return {
    rows,
    positionOf(row) {
      inside(row, 'row');
      let position = forwardOnce(row);
      while (position >= rows) position = forwardOnce(position);
      return position;
    },
    sourceOf(position) {
      inside(position, 'position');
      let row = backwardOnce(position);
      while (row >= rows) row = backwardOnce(row);
      return row;
    },
    positionsOf(start, out) {
      if (out.length === 0) return;
      inside(start, 'start');
      inside(start + out.length - 1, 'the last row');
      const kernel = a <= largestFactor && b >= smallestFactor ? permutationKernel() : undefined;
      if (kernel !== undefined) kernel.forward(start, out, a, b, seeds);
      else if (a <= largestFactor) forwardBlock(start, out, a, b, seeds);
      else for (let index = 0; index < out.length; index++) out[index] = forwardOnce(start + index);
      for (let index = 0; index < out.length; index++)
        while (out[index]! >= rows) out[index] = forwardOnce(out[index]!);
    },
  };
}
