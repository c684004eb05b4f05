import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFile, openDuckDB, sqlText } from '@riffle/testkit';
import { afterAll, expect, it } from 'vitest';
import createReader from './index.ts';

const folder = await mkdtemp(join(tmpdir(), 'riffle-inspect-'));
const duckdb = await openDuckDB();
afterAll(async () => {
  duckdb.closeSync();
  await rm(folder, { recursive: true });
});

async function inspected(select: string, options: string) {
  const path = join(folder, `${Math.random()}.parquet`);
  await duckdb.run(`COPY (${select}) TO ${sqlText(path)} (FORMAT parquet, ${options})`);
  const { inspect } = createReader();
  return inspect!(memoryFile(path, await readFile(path)));
}

it('tells how each column is stored, over all row groups', async () => {
  const { columns, fragments, writtenBy, metadata } = await inspected(
    `SELECT i::INTEGER AS id, 'word ' || (i % 7) AS word, CASE WHEN i % 4 > 0 THEN uuid() END AS key FROM range(10000) t(i)`,
    "COMPRESSION zstd, ROW_GROUP_SIZE 4096, KV_METADATA {text: 'hello', long: 'é' || repeat('x', 5000)}",
  );
  expect(fragments.map(({ rows }) => rows)).toEqual([4096, 4096, 1808]);
  expect(columns.map(({ path, type, codecs, values }) => [path, type, codecs, values])).toEqual([
    [['id'], 'INT32 (INT_32)', ['ZSTD'], 10_000],
    [['word'], 'BYTE_ARRAY (UTF8)', ['ZSTD'], 10_000],
    [['key'], 'FIXED_LEN_BYTE_ARRAY[16] (UUID)', ['ZSTD'], 10_000],
  ]);
  expect(columns.map(({ nulls }) => nulls)).toEqual([0, 0, 2500]);
  expect(writtenBy).toContain('DuckDB');
  const long = metadata.find(({ key }) => key === 'long')!;
  expect([metadata.find(({ key }) => key === 'text')?.value, long.value.length, long.bytes]).toEqual([
    'hello',
    2000,
    5002,
  ]);
});

it('adds up to the bytes of the row groups, compressed and not', async () => {
  const { columns, fragments } = await inspected('SELECT i, i % 3 AS j FROM range(50000) t(i)', 'ROW_GROUP_SIZE 20480');
  for (const size of ['bytes', 'uncompressedBytes'] as const) {
    const sum = (parts: readonly { readonly [key in typeof size]: number }[]) =>
      parts.reduce((total, part) => total + part[size], 0);
    expect(sum(columns)).toBe(sum(fragments));
    expect(sum(columns)).toBeGreaterThan(1000);
  }
});
