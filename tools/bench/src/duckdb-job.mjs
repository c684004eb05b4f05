// The rival: DuckDB shuffles the same rows into even shards, alone in its process.
// node duckdb-job.mjs GLOB OUTPUT SHARDS SEED THREADS
import { firstRow, literal, openDuckDB } from './duckdb.mjs';

const [glob, output, shards, seed, threads] = process.argv.slice(2);
const connection = await openDuckDB(Number(threads));
const { rows } = await firstRow(
  connection,
  `SELECT sum(num_rows)::BIGINT AS rows FROM parquet_file_metadata(${literal(glob)})`,
);

// Sorting by the hash shuffles; numbering the sorted rows as they stream by cuts them into shards that differ by at most one row.
// The partition column stays out of the files (DuckDB's default). The rows of a shard come from one run of the sorted order.
await connection.run(`
  COPY (
    SELECT *, (row_number() OVER () - 1) * ${Number(shards)} // ${rows} AS shard
    FROM (
      SELECT * EXCLUDE (filename, file_row_number)
      FROM read_parquet(${literal(glob)}, filename = true, file_row_number = true, hive_partitioning = false)
      ORDER BY hash(filename, file_row_number, ${literal(seed)})
    )
  ) TO ${literal(output)} (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (shard))`);
connection.closeSync();
