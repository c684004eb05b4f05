import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeDataset } from '../duckdb/make-dataset.ts';
import { openDuckDB, parquetTable, queryRows, sqlText } from '../duckdb/open-duckdb.ts';
import { breakages } from './break-file.ts';
import { corruptPage, flipBit } from './corrupt-page.ts';
import { falsifyCounts } from './falsify-counts.ts';

let folder: string;
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testkit-broken-'));
  duckdb = await openDuckDB();
});
afterAll(async () => {
  duckdb.closeSync();
  await rm(folder, { recursive: true });
});

async function goodFile(
  name: string,
  compression: 'snappy' | 'zstd' | 'gzip' | 'uncompressed' = 'snappy',
): Promise<string> {
  const made = await makeDataset(join(folder, name), {
    collections: ['a'],
    shardsPerCollection: 1,
    rowsPerShard: 5000,
    rowGroupRows: 2048,
    compression,
    connection: duckdb,
  });
  return made.files[0]!.path;
}

const footer = async (path: string) =>
  (
    await queryRows(
      duckdb,
      `SELECT num_rows::INTEGER AS rows, num_row_groups::INTEGER AS groups FROM parquet_file_metadata(${sqlText(path)})`,
    )
  )[0];
const decodeAll = (path: string) =>
  queryRows(duckdb, `SELECT count(*), bit_xor(hash(COLUMNS(*))) FROM ${parquetTable(path)}`);

describe('breakages', () => {
  it.each(
    breakages.filter(
      (breakage) => breakage.shows === 'survey' && breakage.name !== 'FIFO' && breakage.status === 'failed',
    ),
  )('$name: no reader accepts it', async ({ name, apply }) => {
    const path = await goodFile(name);
    await apply(path);
    // DuckDB does not mind a footer that contradicts itself.
    if (name.startsWith('wrong count')) expect(await footer(path)).toEqual({ rows: 5001, groups: 3 });
    else await expect(decodeAll(path)).rejects.toThrow(/./);
  });

  it('FIFO and folder without files leave what they say', async () => {
    const fifo = await goodFile('fifo');
    await breakages.find((breakage) => breakage.name === 'FIFO')!.apply(fifo);
    expect((await stat(fifo)).isFIFO()).toBe(true);
    const gone = await goodFile('gone');
    await breakages.find((breakage) => breakage.status === 'empty')!.apply(gone);
    expect(await readdir(dirname(gone))).toEqual([]);
  });
});

describe('corruptPage', () => {
  it.each(['snappy', 'zstd', 'gzip', 'uncompressed'] as const)(
    'leaves the footer sound and the pages undecodable (%s)',
    async (compression) => {
      const path = await goodFile(`page-${compression}`, compression);
      expect(await decodeAll(path)).toHaveLength(1);
      await corruptPage(path);
      expect(await footer(path)).toEqual({ rows: 5000, groups: 3 });
      await expect(decodeAll(path)).rejects.toThrow(/./);
    },
  );
});

describe('falsifyCounts', () => {
  it('changes what the footer says about a row group and the file', async () => {
    const path = await goodFile('counts');
    await falsifyCounts(path, 'row group', -1);
    expect(await footer(path)).toEqual({ rows: 4999, groups: 3 });
    expect(
      await queryRows(
        duckdb,
        `SELECT DISTINCT row_group_num_rows::INTEGER AS rows FROM parquet_metadata(${sqlText(path)}) WHERE row_group_id = 0`,
      ),
    ).toEqual([{ rows: 2047 }]);
  });
});

describe('flipBit', () => {
  it('undoes itself', async () => {
    const path = await goodFile('bit');
    const before = await decodeAll(path);
    await flipBit(path, 8 * 4);
    await flipBit(path, 8 * 4);
    expect(await decodeAll(path)).toEqual(before);
  });
});
