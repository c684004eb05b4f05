import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { literal, openDuckDB } from './duckdb.mjs';

/**
 * Writes the files of a workload that are not there yet, by DuckDB with snappy.
 * A file gets its name when it is whole, so that making goes on after an interruption.
 * @param {import('./workloads/index.mjs').Workload} workload
 * @param {readonly { path: string, start: number, rows: number }[]} files
 */
export async function writeFiles({ rowGroupRows, dictionaryValues, select }, files) {
  const connection = await openDuckDB();
  try {
    for (const { path, start, rows } of files) {
      if (existsSync(path)) continue;
      mkdirSync(dirname(path), { recursive: true });
      const query = await select(connection, start, rows);
      await connection.run(
        `COPY (${query}) TO ${literal(`${path}.part`)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE ${rowGroupRows}, DICTIONARY_SIZE_LIMIT ${dictionaryValues})`,
      );
      renameSync(`${path}.part`, path);
    }
  } finally {
    connection.closeSync();
  }
}
