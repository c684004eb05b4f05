import type { Shuffler } from '@riffle/core';
import { describeIdentity } from './describe-identity.ts';
import type { TestRunner } from './test-runner.ts';

export interface ShufflerSuite {
  readonly makeShuffler: () => Shuffler | Promise<Shuffler>;
  /** Known positions, from the specification of the permutation or another implementation of it. */
  readonly vectors?: readonly {
    readonly rows: number;
    readonly seed: string;
    readonly positions: Readonly<Record<number, number>>;
  }[];
}

/**
 * Decides whether a Shuffler is a fair bijection.
 * @example
 * describeShuffler({ describe, it, expect }, { makeShuffler: () => createShuffler(), vectors });
 */
export function describeShuffler(runner: TestRunner, { makeShuffler, vectors = [] }: ShufflerSuite): void {
  const { describe, it, expect } = runner;

  describe('a shuffler', () => {
    describeIdentity(runner, 'shuffler', async () => makeShuffler());

    it('puts every row at one place of its own and knows the way back', async () => {
      const shuffler = await makeShuffler();
      for (const rows of [
        ...Array.from({ length: 70 }, (_, index) => index + 1),
        255,
        256,
        257,
        10_007,
        65_536,
        1_048_575,
        1_048_576,
      ]) {
        const permutation = shuffler.plan(rows, '42');
        const seen = new Uint8Array(rows);
        let wrong = permutation.rows === rows ? 0 : 1;
        for (let row = 0; row < rows; row++) {
          const position = permutation.positionOf(row);
          if (
            !Number.isInteger(position) ||
            position < 0 ||
            position >= rows ||
            seen[position] === 1 ||
            permutation.sourceOf(position) !== row
          )
            wrong++;
          else seen[position] = 1;
        }
        expect([rows, wrong]).toEqual([rows, 0]);
      }
    }, 60_000);

    it('writes many positions as it gives them one by one', async () => {
      const permutation = (await makeShuffler()).plan(5000, 'many');
      const positions = new Float64Array(1000);
      permutation.positionsOf(3210, positions);
      expect([...positions]).toEqual(Array.from(positions, (_, index) => permutation.positionOf(3210 + index)));
    });

    it('keeps its inverse on numbers of rows past 32 bits', async () => {
      const shuffler = await makeShuffler();
      const rows = Math.min(shuffler.capabilities.maximumRows, 2 ** 40 - 87);
      const permutation = shuffler.plan(rows, '7');
      const probes = Array.from({ length: 1000 }, (_, index) => Math.floor((rows - 1) * (index / 999)));
      expect(probes.map((row) => permutation.sourceOf(permutation.positionOf(row)))).toEqual(probes);
    });

    it('depends on the seed as text, and on nothing else', async () => {
      const order = async (seed: string) =>
        Array.from({ length: 100 }, (_, row) => row).map(
          (
            (permutation) => (row: number) =>
              permutation.positionOf(row)
          )((await makeShuffler()).plan(100, seed)),
        );
      expect(await order('42')).toEqual(await order('42'));
      const orders = await Promise.all(['', '4', '42', '042', '42 ', 'é', 'e\u0301'].map(order));
      expect(new Set(orders.map(String)).size).toBe(7);
    });

    it('deals every block of the source evenly to the shards', async () => {
      const [rows, blocks, shards] = [200_000, 40, 50];
      const permutation = (await makeShuffler()).plan(rows, 'fair');
      const counts = new Float64Array(blocks * shards);
      for (let row = 0; row < rows; row++)
        counts[
          Math.floor((row * blocks) / rows) * shards + Math.floor((permutation.positionOf(row) * shards) / rows)
        ]!++;
      const expected = rows / counts.length;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      const freedom = (blocks - 1) * (shards - 1);
      // Five standard deviations: a fair shuffler fails less than once in a million seeds, and this seed is fixed.
      expect(Math.abs(chiSquare - freedom) / Math.sqrt(2 * freedom)).toBeLessThan(5);
    });

    it('gives all 24 orders of four rows about equally often', async () => {
      const shuffler = await makeShuffler();
      const counts = new Map<string, number>();
      for (let seed = 0; seed < 4800; seed++) {
        const permutation = shuffler.plan(4, String(seed));
        const order = [0, 1, 2, 3].map((row) => permutation.positionOf(row)).join('');
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      expect(counts.size).toBe(24);
      const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
      expect(Math.abs(chiSquare - 23) / Math.sqrt(46)).toBeLessThan(5);
    });

    it('keeps no neighbours together', async () => {
      const permutation = (await makeShuffler()).plan(100_000, 'neighbours');
      let together = 0;
      for (let row = 1; row < 100_000; row++)
        if (Math.abs(permutation.positionOf(row) - permutation.positionOf(row - 1)) === 1) together++;
      // A random order keeps two on average.
      expect(together).toBeLessThan(15);
    });

    it('refuses what it cannot count', async () => {
      const shuffler = await makeShuffler();
      for (const rows of [-1, 1.5, NaN, shuffler.capabilities.maximumRows + 1])
        expect(() => shuffler.plan(rows, '42')).toThrow();
    });

    for (const { rows, seed, positions } of vectors) {
      it(`gives the known positions of ${rows} rows with seed ${seed}`, async () => {
        const permutation = (await makeShuffler()).plan(rows, seed);
        expect(
          Object.fromEntries(Object.keys(positions).map((row) => [row, permutation.positionOf(Number(row))])),
        ).toEqual(positions);
      });
    }
  });
}
