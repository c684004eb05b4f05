import type { Permutation, Shuffler } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { describeShuffler } from '../src/index.ts';
import { seededRandom } from '../src/random.ts';
import { fails } from './fails.ts';

/** A textbook shuffle in memory: right, for up to a million and some rows. */
function createToyShuffler(
  change: (permutation: Permutation, seed: string) => Partial<Permutation> = () => ({}),
): Shuffler {
  return {
    specificationVersion: 'v1',
    role: 'shuffler',
    name: 'toy',
    capabilities: Object.freeze({ maximumRows: 2 ** 21 }),
    plan: (rows, seed) => {
      if (!Number.isInteger(rows) || rows < 0 || rows > 2 ** 21)
        throw new RangeError(`A toy cannot shuffle ${rows} rows.`);
      const random = seededRandom(Buffer.from(seed).reduce((hash, byte) => Math.imul(hash, 31) + byte + 1, 7));
      const positions = Uint32Array.from({ length: rows }, (_, row) => row);
      for (let row = rows - 1; row > 0; row--) {
        const other = random.below(row + 1);
        [positions[row], positions[other]] = [positions[other]!, positions[row]!];
      }
      const sources = new Uint32Array(rows);
      positions.forEach((position, row) => (sources[position] = row));
      const permutation: Permutation = {
        rows,
        positionOf: (row) => positions[row]!,
        sourceOf: (position) => sources[position]!,
        positionsOf: (start, out) => out.forEach((_, index) => (out[index] = positions[start + index]!)),
      };
      return { ...permutation, ...change(permutation, seed) };
    },
  };
}

describeShuffler({ describe, it, expect }, { makeShuffler: () => createToyShuffler() });

describe('the suite for shufflers sees one that', () => {
  const identity = (rows: number): Partial<Permutation> => ({
    positionOf: (row) => row,
    sourceOf: (position) => position,
    positionsOf: (start, out) => out.forEach((_, index) => (out[index] = start + index)),
    rows,
  });
  it.each<[string, (permutation: Permutation, seed: string) => Partial<Permutation>, string]>([
    ['leaves all where it is', ({ rows }) => identity(rows), 'keeps no neighbours together'],
    ['moves blocks only', ({ rows }) => identity(rows), 'deals every block of the source evenly to the shards'],
    [
      'forgets an order of four',
      ({ rows, positionOf, sourceOf }) =>
        rows === 4 && positionOf(0) === 3 && positionOf(1) === 2 ? identity(4) : { positionOf, sourceOf },
      'gives all 24 orders of four rows about equally often',
    ],
    [
      'puts two rows at one place',
      ({ positionOf }) => ({ positionOf: (row) => positionOf(row === 65 ? 64 : row) }),
      'puts every row at one place of its own and knows the way back',
    ],
    [
      'has the wrong inverse',
      ({ sourceOf }) => ({ sourceOf: (position) => sourceOf(position === 3 ? 4 : position) }),
      'puts every row at one place of its own and knows the way back',
    ],
    [
      'numbers a run from elsewhere',
      ({ positionsOf }) => ({ positionsOf: (start, out) => positionsOf(start + 1, out) }),
      'writes many positions as it gives them one by one',
    ],
    [
      'trims the seed',
      ({ rows }, seed) => (seed === seed.trim() ? {} : createToyShuffler().plan(rows, seed.trim())),
      'depends on the seed as text, and on nothing else',
    ],
  ])('%s', async (_, change, title) => {
    expect(
      await fails(title, (runner) => describeShuffler(runner, { makeShuffler: () => createToyShuffler(change) })),
    ).toBe(true);
  });
});
