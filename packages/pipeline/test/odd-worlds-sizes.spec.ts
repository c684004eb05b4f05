import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { corruptPage, makeDataset, openDuckDB, queryRows, sameMultiset, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEmptyRowGroups } from './support/empty-row-groups.ts';
import { doJob, failJob, planJob } from './support/job.ts';
import { published } from './support/published.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => duckdb.closeSync());

/** One collection whose shards have so many rows each. */
async function make(
  name: string,
  ...rows: readonly number[]
): Promise<{ readonly name: string; readonly path: string }> {
  await makeDataset(join(folder, name), {
    collections: ['c'],
    shardsPerCollection: rows.length,
    rowsPerShard: (shard) => rows[shard]!,
    rowGroupRows: 2048,
    connection: duckdb,
  });
  return { name: 'c', path: join(folder, name, 'c') };
}
const delivered = (collection: { readonly path: string }, output: string) =>
  sameMultiset(duckdb, join(collection.path, '*/*.parquet'), join(output, '*.parquet'));

describe('few rows', () => {
  it('files without rows are loaded and are no loss', async () => {
    const collection = await make('zero among', 0, 30, 0, 5, 0);
    const output = join(folder, 'zero among out');
    const { report } = await doJob({ collections: [collection], output, shards: 4 });
    expect(report).toMatchObject({ rows: 35, lost: [], collections: [{ loaded: 5, failed: 0, empty: 0, rows: 35 }] });
    expect(await delivered(collection, output)).toMatchObject({ same: true, rightRows: 35 });
  });

  it('row groups without rows, first, last and between', async () => {
    const { path } = await make('empty groups', 5000);
    const file = join(path, '00000/data.parquet');
    addEmptyRowGroups(file);
    const groups = await queryRows(
      duckdb,
      `SELECT DISTINCT row_group_id::INTEGER AS id, row_group_num_rows::INTEGER AS rows FROM parquet_metadata(${sqlText(file)}) ORDER BY id`,
    );
    expect(groups.map(({ rows }) => rows)).toEqual([0, 2048, 0, 2048, 0, 904, 0]);
    const output = join(folder, 'empty groups out');
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
    expect(report).toMatchObject({ rows: 5000, lost: [] });
    expect(await delivered({ path }, output)).toMatchObject({ same: true, rightRows: 5000 });
  });

  it('a single row', async () => {
    const collection = await make('single', 0, 1);
    const output = join(folder, 'single out');
    const { report } = await doJob({ collections: [collection], output, shards: 1 });
    expect(report.shards).toMatchObject([{ file: '00000.parquet', rows: 1 }]);
    expect(await delivered(collection, output)).toMatchObject({ same: true, rightRows: 1 });
  });

  it('columns of nulls only', async () => {
    const path = join(folder, 'nulls/1.parquet');
    mkdirSync(join(folder, 'nulls'));
    await duckdb.run(
      `COPY (SELECT i::INTEGER AS id, NULL::VARCHAR AS nothing, NULL::INTEGER[] AS lists, {'x': NULL::DOUBLE} AS struct FROM range(50) numbers(i)) TO ${sqlText(path)} (FORMAT parquet)`,
    );
    const output = join(folder, 'nulls out');
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 3 });
    expect(report).toMatchObject({ rows: 50, lost: [] });
    expect(await sameMultiset(duckdb, path, join(output, '*.parquet'))).toMatchObject({ same: true, rightRows: 50 });
  });

  it('as many shards as rows: one row each', async () => {
    const collection = await make('each', 4, 3);
    const output = join(folder, 'each out');
    const { report } = await doJob({ collections: [collection], output, shards: 7 });
    expect(report.shards.map(({ rows }) => rows)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(await delivered(collection, output)).toMatchObject({ same: true, rightRows: 7 });
  });
});

describe('rows of megabytes', () => {
  it('one in each bucket, and a shard of one row less', async () => {
    const path = join(folder, 'wide/1.parquet');
    mkdirSync(join(folder, 'wide'));
    await duckdb.run(
      `COPY (SELECT i::INTEGER AS id, repeat(chr(65 + i::INTEGER), 11000000) AS text FROM range(3) numbers(i)) TO ${sqlText(path)} (FORMAT parquet)`,
    );
    const output = join(folder, 'wide out');
    const { report } = await doJob({ collections: [{ name: 'c', path }], output, shards: 2 });
    expect(report.shards.map(({ rows }) => rows)).toEqual([2, 1]);
    expect(await sameMultiset(duckdb, path, join(output, '*.parquet'))).toMatchObject({ same: true, rightRows: 3 });
  });
});

describe('too few rows', () => {
  it('none at all, with folders, files without rows and other files: NO_ROWS, exit 1', async () => {
    const zero = await make('all zero', 0, 0);
    mkdirSync(join(folder, 'bare/00000'), { recursive: true });
    writeFileSync(join(folder, 'bare/README.md'), 'nothing here');
    const output = join(folder, 'none out');
    const { error } = await failJob({ collections: [zero, { name: 'bare', path: join(folder, 'bare') }], output });
    expect(error).toMatchObject({
      code: 'NO_ROWS',
      exitCode: 1,
      message: expect.stringMatching(
        /2 loaded, 0 missing, 0 failed, 0 empty; bare \(.*\): 0 loaded, 0 missing, 0 failed, 1 empty/,
      ),
    });
    expect(published(output)).toEqual([]);
  });

  it('more shards than rows: refused by plan and run alike, exit 2, naming both numbers', async () => {
    const recipe = { collections: [await make('too few', 2, 3)], output: join(folder, 'too few out'), shards: 6 };
    const refusal = { code: 'SHARDS_EXCEED_ROWS', exitCode: 2, details: { shards: 6, rows: 5 } };
    await expect(planJob(recipe)).rejects.toMatchObject(refusal);
    const { error } = await failJob(recipe);
    expect(error).toMatchObject({ ...refusal, message: expect.stringMatching(/6.*5|5.*6/) });
    expect(published(recipe.output)).toEqual([]);
  });

  it('more shards than rows that are left after losses: exit 1', async () => {
    const collection = await make('lost', 5, 3000);
    const output = join(folder, 'lost out');
    await corruptPage(join(collection.path, '00001/data.parquet'));
    const { error } = await failJob({ collections: [collection], output, shards: 6 });
    expect(error).toMatchObject({ code: 'SHARDS_EXCEED_ROWS', exitCode: 1, details: { shards: 6, rows: 5 } });
    expect(published(output)).toEqual([]);
  });
});
