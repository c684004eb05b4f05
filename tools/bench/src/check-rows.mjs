// Prints, as JSON, what a set of Parquet files holds: the same for two sets exactly if (but for 64-bit hash collisions) they hold the same rows.
// In a process of its own, so that DuckDB's memory does not disturb what is measured.
// node check-rows.mjs GLOB
import { firstRow, literal, openDuckDB } from './duckdb.mjs';

const [glob] = process.argv.slice(2);
const connection = await openDuckDB(2);
const source = `read_parquet(${literal(glob)}, hive_partitioning = false)`;
const described = await connection.runAndReadAll(
  `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${source}) ORDER BY column_name`,
);
const [names, types] = described.getColumnsJS();
const columns = names.map((name) => `"${name.replaceAll('"', '""')}"`);
const content = await firstRow(
  connection,
  `SELECT count(*)::VARCHAR AS rows, sum(hash(${columns.join(', ')})::HUGEINT)::VARCHAR AS sum FROM ${source}`,
);
const files = await firstRow(
  connection,
  `SELECT count(*)::INTEGER AS files, min(num_rows)::DOUBLE AS smallest, max(num_rows)::DOUBLE AS largest, sum(file_size_bytes)::DOUBLE AS bytes
   FROM parquet_file_metadata(${literal(glob)})`,
);
process.stdout.write(JSON.stringify({ columns: columns.join(', '), types: types.join(', '), ...content, ...files }));
connection.closeSync();
