import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  breakages,
  canonicalRowsByDuckDB,
  describeReader,
  makeDataset,
  openDuckDB,
  speechColumns,
  type DatasetOptions,
  type ReaderSample,
} from '@riffle/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import createReader from './index.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** One column of each kind of type that DuckDB writes and reads without loss. */
const manyTypes = {
  flag: 'i % 3 = 0',
  small: '(i % 200 - 100)::TINYINT',
  unsigned: '(hash(i))::UBIGINT',
  float: '(i / 7)::FLOAT',
  price: '(i * 101 % 100000)::DECIMAL(18, 4)',
  wide: '(i * 101 % 100000)::DECIMAL(38, 10)',
  day: "DATE '2020-01-01' + (i % 1000)::INTEGER",
  moment: "TIMESTAMP '2020-01-01 00:00:00' + to_microseconds(i * 1234567)",
  zoned: "(TIMESTAMP '2020-01-01 00:00:00' + to_microseconds(i * 1234567))::TIMESTAMPTZ",
  hour: "TIME '00:00:00' + to_microseconds(i * 1000)",
  bytes: 'encode(md5(i::VARCHAR))',
  sparse: 'CASE WHEN i % 50 = 0 THEN i END',
  nested: "[{'name': 'a' || i, 'items': [i, NULL]}, NULL]",
  map: "MAP {'a': i, 'b': NULL}",
  nothing: 'NULL::INTEGER',
};

async function sample(
  name: string,
  options: DatasetOptions,
  breakIt?: (path: string) => Promise<void>,
): Promise<ReaderSample> {
  const folder = await mkdtemp(join(tmpdir(), 'reader-parquet-'));
  folders.push(folder);
  const duckdb = await openDuckDB();
  try {
    const { files } = await makeDataset(folder, {
      collections: ['only'],
      shardsPerCollection: 1,
      connection: duckdb,
      ...options,
    });
    const path = files[0]!.path;
    const rows = await canonicalRowsByDuckDB(duckdb, path);
    await breakIt?.(path);
    return { name, rows, bytes: await readFile(path) };
  } finally {
    duckdb.closeSync();
  }
}

describeReader(
  { describe, it, expect },
  {
    makeReader: () => createReader(),
    samples: () =>
      Promise.all([
        sample('one row', { rowsPerShard: 1 }),
        sample('no rows', { rowsPerShard: 0 }),
        sample('three row groups', { rowsPerShard: 5000, rowGroupRows: 2048 }),
        sample('many types', { rowsPerShard: 3000, rowGroupRows: 2048, columns: manyTypes, compression: 'zstd' }),
        sample('uncompressed', { rowsPerShard: 3000, columns: speechColumns, compression: 'uncompressed' }),
      ]),
    unreadable: () =>
      Promise.all(
        breakages
          .filter((breakage) => breakage.status === 'failed' && breakage.name !== 'FIFO')
          .map(({ name, apply }) => sample(name, { rowsPerShard: 5000, rowGroupRows: 2048 }, apply)),
      ),
  },
);
