import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnInOrder, rowAt, rowsPerFile, sameMultiset } from './compare-rows.ts';
import { makeDataset } from './make-dataset.ts';
import { openDuckDB } from './open-duckdb.ts';

let folder: string;
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testkit-duckdb-'));
  duckdb = await openDuckDB();
});
afterAll(async () => {
  duckdb.closeSync();
  await rm(folder, { recursive: true });
});

describe('makeDataset', () => {
  it('writes numbered rows into shard folders of collections', async () => {
    const made = await makeDataset(join(folder, 'numbered'), {
      rowsPerShard: (shard) => shard * 10,
      connection: duckdb,
    });
    expect(made.rows).toBe(150);
    expect(await rowsPerFile(duckdb, join(folder, 'numbered/*/*/*.parquet'))).toEqual(
      made.files.map(({ path, rows }) => ({ file: path, rows })),
    );
    expect(await rowAt(duckdb, made.files[4]!.path, 3)).toMatchObject({
      id: `row-${String(made.files[4]!.firstRow + 3).padStart(8, '0')}`,
    });
    expect(await rowAt(duckdb, made.files[4]!.path, 40)).toBeUndefined();
    expect((await columnInOrder(duckdb, made.files[1]!.path, 'id')).at(-1)).toBe('row-00000009');
  });

  it('makes the same rows again', async () => {
    const make = (name: string, seed: number) => makeDataset(join(folder, name), { seed, connection: duckdb });
    await make('first', 1);
    await make('second', 1);
    await make('other', 2);
    expect(
      await sameMultiset(duckdb, join(folder, 'first/**/*.parquet'), join(folder, 'second/**/*.parquet')),
    ).toMatchObject({ same: true, leftRows: 600, rightRows: 600 });
    expect(
      await sameMultiset(duckdb, join(folder, 'first/**/*.parquet'), join(folder, 'other/**/*.parquet')),
    ).toMatchObject({ same: false });
  });
});

describe('sameMultiset', () => {
  it('sees a row that only one side has, and one that it has twice', async () => {
    const made = await makeDataset(join(folder, 'pair'), {
      shardsPerCollection: 1,
      rowsPerShard: 5,
      connection: duckdb,
    });
    const [first, second] = made.files.map((file) => file.path) as [string, string];
    const copy = join(folder, 'copy.parquet');
    await copyFile(first, copy);
    expect(await sameMultiset(duckdb, [first, second], [second, copy])).toMatchObject({ same: true, leftRows: 10 });
    expect(await sameMultiset(duckdb, [first], [first, copy])).toEqual({
      same: false,
      leftRows: 5,
      rightRows: 10,
      onlyLeft: 0,
      onlyRight: 5,
    });
    expect(await sameMultiset(duckdb, [first], [second])).toMatchObject({ same: false, onlyLeft: 5, onlyRight: 5 });
  });

  it('refuses other columns', async () => {
    const narrow = await makeDataset(join(folder, 'narrow'), { columns: { id: 'i' }, connection: duckdb });
    const wide = await makeDataset(join(folder, 'wide'), { columns: { id: 'i', text: "'a'" }, connection: duckdb });
    await expect(sameMultiset(duckdb, narrow.files[0]!.path, wide.files[0]!.path)).rejects.toThrow(
      'columns differ: id against id, text',
    );
  });
});
