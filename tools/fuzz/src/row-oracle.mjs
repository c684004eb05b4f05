import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDB, parquetTable, queryRows, sqlName } from '@riffle/testkit';

const shardsIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => join(folder, name));

/**
 * Compares rows by DuckDB: every row of the good shards must be in the result, as often as it went in.
 * @param good a good file, @param result the shards of a job of that file alone.
 * @returns undefined where DuckDB does not see the same rows in both: it cannot read the file, or reads a type otherwise.
 */
export async function createOracle(good, result) {
  const duckdb = await openDuckDB(1);
  const hashes = async (file) => {
    const columns = await queryRows(duckdb, `DESCRIBE SELECT * FROM ${parquetTable(file)}`);
    return columns
      .map((row) => sqlName(String(row['column_name'])))
      .toSorted()
      .join(', ');
  };
  try {
    const columns = await hashes(good);
    const missing = async (folder, goods) => {
      const parts = goods.map((path) => `SELECT hash(${columns}) FROM ${parquetTable(path)}`).join(' UNION ALL ');
      const output = parquetTable(shardsIn(folder));
      const [row] = await queryRows(
        duckdb,
        `SELECT (SELECT count(*) FROM (${parts} EXCEPT ALL SELECT hash(${columns}) FROM ${output}))::INTEGER AS missing, (SELECT count(*) FROM ${output})::INTEGER AS rows`,
      );
      return row;
    };
    if ((await missing(result, [good])).missing !== 0) throw new Error('DuckDB reads it otherwise.');
    let checked = 0;
    return {
      get checked() {
        return checked;
      },
      async check(folder, goods, rows, demand) {
        const seen = await missing(folder, goods);
        demand(seen.missing === 0, `DuckDB misses ${seen.missing} rows of the good shards in the result`);
        demand(seen.rows === rows, `DuckDB counts ${seen.rows} rows in the result, the job ${rows}`);
        checked++;
      },
      close: () => duckdb.closeSync(),
    };
  } catch {
    duckdb.closeSync();
    return undefined;
  }
}
