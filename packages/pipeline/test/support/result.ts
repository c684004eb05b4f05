import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Manifest, Report } from '@riffle/core';
import { createPermutation } from '@riffle/shuffler';
import { parquetTable, queryRows, sqlName } from '@riffle/testkit';

/** Everything below a folder, as sorted relative paths; folders end with `/`. */
export function everythingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)) + (entry.isDirectory() ? '/' : ''))
    .toSorted();
}

function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** `sha256 name` of every shard in a folder: two results are the same if these are. */
export function shardHashes(output: string): string[] {
  const names = readdirSync(output).filter((name) => /^\d+\.parquet$/.test(name));
  return names.toSorted().map((name) => `${sha256(join(output, name))} ${name}`);
}

export function readManifest(output: string): Manifest {
  return JSON.parse(readFileSync(join(output, '.riffle/manifest.json'), 'utf8')) as Manifest;
}

/** The lines of the log, parsed. */
export function readLog(output: string): { readonly type: string; readonly [key: string]: unknown }[] {
  const text = readFileSync(join(output, '.riffle/log.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });
}

/** The values of a column over all shards, in the order of output positions, by DuckDB. */
export async function columnOfResult(duckdb: DuckDBConnection, output: string, column: string): Promise<unknown[]> {
  const table = parquetTable(join(output, '*.parquet'), ', filename = true, file_row_number = true');
  const rows = await queryRows(
    duckdb,
    `SELECT ${sqlName(column)} AS value FROM ${table} ORDER BY filename, file_row_number`,
  );
  return rows.map((row) => row['value']);
}

/** For every output position, the global number of the row that must be there. */
export function expectedSources(rows: number, seed = '42'): number[] {
  const permutation = createPermutation(rows, seed);
  return Array.from({ length: rows }, (_, position) => permutation.sourceOf(position));
}

/** Names and rows of even shards: the first `rows mod shards` have one row more. */
export function evenShards(rows: number, shards: number): { readonly file: string; readonly rows: number }[] {
  return Array.from({ length: shards }, (_, shard) => ({
    file: `${String(shard).padStart(5, '0')}.parquet`,
    rows: Math.floor(rows / shards) + (shard < rows % shards ? 1 : 0),
  }));
}

/** What the report says of the shards must be what is on the disk. */
export function shardsOnDisk(output: string, report: Report): Report['shards'] {
  return report.shards.map(({ file, rows }) => ({
    file,
    rows,
    bytes: statSync(join(output, file)).size,
    sha256: sha256(join(output, file)),
  }));
}
