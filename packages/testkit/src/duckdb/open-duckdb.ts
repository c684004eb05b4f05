import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/**
 * Opens a fresh DuckDB in memory: the other implementation that results are compared with. It never serves a file from its cache, which could be
 * stale for a file rewritten within one clock tick. After an INTERNAL error open a new one. Close it with `closeSync()`.
 */
export async function openDuckDB(threads = 2): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run('SET enable_external_file_cache = false');
  return connection;
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Paths or globs of Parquet files as an SQL table; the folders' names never become columns. */
export function parquetTable(globs: string | readonly string[], options = ''): string {
  const list = [globs].flat().map(sqlText).join(', ');
  return `read_parquet([${list}], hive_partitioning = false${options})`;
}

/** All rows of a query as objects: integers past 2^53 as bigint, lists as arrays, blobs as `Uint8Array`. */
export async function queryRows(connection: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}
