import { createPermutation } from '@riffle/shuffler';
import { describe, expect, it } from 'vitest';
import type { Certificate } from '../src/certificate.ts';
import { judgeOrder } from '../src/judge-order.ts';
import { judgePermutation } from '../src/judge-permutation.ts';
import { judgeValues } from '../src/judge-values.ts';
import { seededRandom } from '@riffle/testkit';
import { shuffle, shuffled } from './orders.ts';

/** How many of `certificates` have a chance below `level`, by test. */
function alarms(certificates: Iterable<Certificate>, level: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { tests } of certificates)
    for (const { name, distance = '', chance } of tests) {
      const key = `${name}${distance}`;
      counts.set(key, (counts.get(key) ?? 0) + (chance < level ? 1 : 0));
    }
  return counts;
}

/** What a rate of `level` gives at most, but for one set of tests in a million: five standard deviations, and one. */
const bound = (times: number, level: number) => times * level + 5 * Math.sqrt(times * level) + 1;

/** Of 100 rows the first has so many less its number, so groups and shards of many sizes are there. */
const unequal = (count: number, total: number) => {
  const sizes = Array.from({ length: count }, (_, index) => count - index);
  const sum = (count * (count + 1)) / 2;
  const rows = sizes.map((size) => Math.floor((size * total) / sum));
  rows[0]! += total - rows.reduce((all, size) => all + size, 0);
  return rows;
};

function groupsOf(sizes: readonly number[], sources: Float64Array): Uint32Array {
  const of = sizes.flatMap((size, group) => new Array<number>(size).fill(group));
  return Uint32Array.from(sources, (source) => of[source]!);
}

describe('fair shuffles', () => {
  it('alarm no more often than each chance says: 20,000 shuffles of 1,000 rows, at 1 in 1,000 and 1 in 100', () => {
    const times = 20_000;
    const certificates: Certificate[] = [];
    const rows = 1000;
    const sizes = unequal(4, rows);
    for (let seed = 0; seed < times; seed++) {
      const sources = shuffled(rows, seed);
      const groups = { kind: 'collection', count: 4, of: groupsOf(sizes, sources) } as const;
      const shards = new Array<number>(10).fill(100);
      const stretches = [{ start: 0, rows }];
      const { tests, ...rest } = judgeOrder({ rows, stretches, sources, sourceRows: rows, groups, shards });
      certificates.push({ ...rest, picture: { size: 0, before: [], after: [] }, tests });
    }
    expect(certificates.filter(({ verdict }) => verdict !== 'shuffled')).toEqual([]);
    for (const level of [1e-3, 1e-2])
      for (const [test, count] of alarms(certificates, level))
        expect(count, `${test} at ${level}`).toBeLessThan(bound(times, level));
  });

  it.each([
    [1000, 500],
    [4097, 200],
    [65_536, 40],
    [1_000_003, 4],
    [5_000_000, 3],
    [2 ** 42, 3],
  ])('perm-v1 of %d rows passes with %d seeds', (rows, seeds) => {
    const shards = (count: number) =>
      Array.from({ length: count }, (_, index) => Math.floor(rows / count) + (index < rows % count ? 1 : 0));
    const sizes = unequal(5, Math.min(rows, 1e15));
    const collections = sizes.map((size, index) => ({ name: `c${index}`, rows: size }));
    const certificates = Array.from({ length: seeds }, (_, seed) => {
      const { sourceOf } = createPermutation(rows, `seed ${seed}`);
      return judgePermutation({ rows, shards: shards(256), collections, sourceOf });
    });
    expect(certificates.map(({ verdict }) => verdict)).toEqual(new Array(seeds).fill('shuffled'));
    expect(certificates[0]!.tests.map(({ name }) => name)).toContain('group-share');
    for (const [test, count] of alarms(certificates, 1e-3))
      expect(count, `${test} of ${rows} rows`).toBeLessThan(bound(seeds, 1e-3));
  });

  it('alarm no more often if values are tied, few or rare', () => {
    const times = 1500;
    const rows = 3000;
    const stretches = [{ start: 0, rows }];
    const certificates: Certificate[] = [];
    const columns = [
      (index: number) => index % 2,
      (index: number) => (index < 1200 ? index % 7 : 3),
      (index: number) => Math.floor(Math.sqrt(index)),
    ];
    for (let seed = 0; seed < times; seed++) {
      const values = shuffle(
        Float64Array.from({ length: rows }, (_, index) => columns[seed % 3]!(index)),
        seededRandom(seed),
      );
      certificates.push(judgeValues({ rows, stretches, values }));
    }
    expect(certificates.filter(({ verdict }) => verdict !== 'shuffled')).toEqual([]);
    for (const level of [1e-3, 1e-2])
      for (const [test, count] of alarms(certificates, level))
        expect(count, `${test} at ${level}`).toBeLessThan(bound(times, level));
  });
});
