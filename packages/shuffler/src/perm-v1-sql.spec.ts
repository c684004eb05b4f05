import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageSql } from '../test/permutation-page.ts';
import { createDeal } from './deal.ts';
import { createPermutation } from './perm-v1.ts';

const [macros, example] = pageSql();
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;

async function positionsInSql(rows: number, seed: string, first: number, last: number): Promise<number[]> {
  const found = await queryRows(
    duckdb,
    `SELECT row, position FROM perm_v1(${rows}, ${sqlText(seed)}, ${first}, ${last}) ORDER BY row`,
  );
  expect(found.map(({ row }) => Number(row))).toEqual(
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
  );
  return found.map(({ position }) => Number(position));
}

describe('perm-v1 in SQL, as docs/reference/permutation.md gives it', () => {
  beforeAll(async () => {
    duckdb = await openDuckDB();
    await duckdb.run(macros);
  });
  afterAll(() => duckdb.closeSync());

  it.each([
    [1, '42'],
    [2, ''],
    [3, "it's"],
    [7, 'Größe|7'],
    [1000, '42'],
    [65_537, '7'],
    [1_048_575, '42'],
  ])('places the first rows, up to 10,000, of %d, seed "%s", as Riffle does', async (rows, seed) => {
    const last = Math.min(rows, 10_000) - 1;
    const expected = new Float64Array(last + 1);
    createPermutation(rows, seed).positionsOf(0, expected);
    expect(await positionsInSql(rows, seed, 0, last)).toEqual([...expected]);
  });

  it.each([
    [1_048_576, '7'],
    [10_000_000, '42'],
    [4_294_967_311, '42'],
    [2 ** 42 - 1, 'last'],
    [2 ** 42, '42'],
  ])('places the first and the last of %d rows, seed "%s", as Riffle does', async (rows, seed) => {
    const permutation = createPermutation(rows, seed);
    for (const first of [0, rows - 500]) {
      const expected = new Float64Array(500);
      permutation.positionsOf(first, expected);
      expect(await positionsInSql(rows, seed, first, first + 499)).toEqual([...expected]);
    }
  });

  it('finds the shard of every position', async () => {
    for (const [rows, shards] of [
      [1000, 7],
      [10, 10],
      [12, 5],
      [5, 1],
    ] as const) {
      const deal = createDeal(rows, shards);
      const found = await queryRows(duckdb, `SELECT shard_of(range, ${rows}, ${shards}) AS shard FROM range(${rows})`);
      expect(found.map(({ shard }) => Number(shard))).toEqual(found.map((_, position) => deal.shardOf(position)));
    }
  });

  it('answers the page’s question', async () => {
    const position = createPermutation(1000, '42').positionOf(17);
    const [answer] = await queryRows(duckdb, example);
    expect(Object.values(answer!).map(Number)).toEqual([17, position, createDeal(1000, 7).shardOf(position)]);
  });
});
