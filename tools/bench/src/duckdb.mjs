import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Opens a fresh DuckDB in memory, that never serves a file from its cache.
 * @param {number} threads
 * @returns {Promise<import('@duckdb/node-api').DuckDBConnection>}
 */
export async function openDuckDB(threads = 2) {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run('SET enable_external_file_cache = false');
  return connection;
}

/** A text as an SQL literal. @param {string} text */
export function literal(text) {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * The first row of a query as an object of plain values.
 * @param {import('@duckdb/node-api').DuckDBConnection} connection
 * @param {string} sql
 * @returns {Promise<Record<string, any>>}
 */
export async function firstRow(connection, sql) {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowObjectsJS()[0] ?? {};
}
