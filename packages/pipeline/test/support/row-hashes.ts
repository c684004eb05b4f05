import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { parquetTable, queryRows, sqlName } from '@riffle/testkit';

/** The columns of a file with their types, as DuckDB names them, by name. */
export async function columnTypes(duckdb: DuckDBConnection, file: string): Promise<ReadonlyMap<string, string>> {
  const described = await queryRows(
    duckdb,
    `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${parquetTable(file)}) ORDER BY column_name`,
  );
  return new Map(described.map((row) => [String(row['column_name']), String(row['column_type'])]));
}

/**
 * A hash of each row of some files, by DuckDB, file after file in the given order. `types` are those of the input: DuckDB reads INT96 as microseconds,
 * while the output has the nanoseconds that INT96 holds, so such columns are compared as the former.
 */
export async function rowHashes(
  duckdb: DuckDBConnection,
  files: readonly string[],
  types: ReadonlyMap<string, string>,
): Promise<BigUint64Array> {
  const values = [...types]
    .map(([name, type]) => (type === 'TIMESTAMP' ? `${sqlName(name)}::TIMESTAMP` : sqlName(name)))
    .join(', ');
  const hashes: bigint[] = [];
  for (const file of files) {
    const reader = await duckdb.runAndReadAll(
      `SELECT hash(${values}) FROM ${parquetTable(file, ', file_row_number = true')} ORDER BY file_row_number`,
    );
    for (const hash of (reader.getColumns()[0] ?? []) as bigint[]) hashes.push(hash);
  }
  return BigUint64Array.from(hashes);
}

/** The shards of a result, in order. */
export function shardFiles(output: string): string[] {
  return readdirSync(output)
    .filter((name) => name.endsWith('.parquet'))
    .toSorted()
    .map((name) => join(output, name));
}
