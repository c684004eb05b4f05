import type { DuckDBConnection } from '@duckdb/node-api';
import { parquetTable, queryRows, sqlName } from './open-duckdb.ts';

/** How two sets of files differ as multisets of rows. */
export interface MultisetComparison {
  readonly same: boolean;
  readonly leftRows: number;
  readonly rightRows: number;
  /** Rows, counted with their repetitions, that the left side has more often. */
  readonly onlyLeft: number;
  readonly onlyRight: number;
}

/**
 * Whether DuckDB finds the same rows, equally often, in two sets of Parquet files, whatever their order; columns go by name.
 * Each side is one or more paths or globs. Rows are compared by value, except that NaNs are all alike to DuckDB and −0 equals 0.
 * @throws Error if the sides have different columns.
 */
export async function sameMultiset(
  connection: DuckDBConnection,
  left: string | readonly string[],
  right: string | readonly string[],
): Promise<MultisetComparison> {
  const columns = await columnNames(connection, left);
  const otherColumns = await columnNames(connection, right);
  if (columns.join() !== otherColumns.join())
    throw new Error(`The columns differ: ${columns.join(', ')} against ${otherColumns.join(', ')}.`);
  const list = columns.map(sqlName).join(', ');
  // `EXCEPT ALL` by counting: it groups each side once, and rows that differ only in how often they occur are found too.
  const [counts] = await queryRows(
    connection,
    `WITH counted AS (
       SELECT sum(side) AS difference, count(*) FILTER (side = 1) AS lefts, count(*) FILTER (side = -1) AS rights
       FROM (SELECT 1 AS side, ${list} FROM ${parquetTable(left)} UNION ALL SELECT -1 AS side, ${list} FROM ${parquetTable(right)})
       GROUP BY ${list}
     )
     SELECT coalesce(sum(lefts), 0)::DOUBLE AS leftrows, coalesce(sum(rights), 0)::DOUBLE AS rightrows,
            coalesce(sum(difference) FILTER (difference > 0), 0)::DOUBLE AS onlyleft, coalesce(-sum(difference) FILTER (difference < 0), 0)::DOUBLE AS onlyright
     FROM counted`,
  );
  const [leftRows, rightRows, onlyLeft, onlyRight] = ['leftrows', 'rightrows', 'onlyleft', 'onlyright'].map((name) =>
    Number(counts![name]),
  );
  return {
    same: onlyLeft === 0 && onlyRight === 0,
    leftRows: leftRows!,
    rightRows: rightRows!,
    onlyLeft: onlyLeft!,
    onlyRight: onlyRight!,
  };
}

/** Row `row` (from 0) of a Parquet file, by DuckDB. Undefined if the file has fewer rows. */
export async function rowAt(
  connection: DuckDBConnection,
  file: string,
  row: number,
): Promise<Record<string, unknown> | undefined> {
  const rows = await queryRows(
    connection,
    `SELECT * EXCLUDE (file_row_number) FROM ${parquetTable(file, ', file_row_number = true')} WHERE file_row_number = ${row}`,
  );
  return rows[0];
}

/** The values of one column of a file, in the order of its rows, as text. */
export async function columnInOrder(
  connection: DuckDBConnection,
  file: string,
  column: string,
): Promise<(string | null)[]> {
  const rows = await queryRows(
    connection,
    `SELECT ${sqlName(column)}::VARCHAR AS value FROM ${parquetTable(file, ', file_row_number = true')} ORDER BY file_row_number`,
  );
  return rows.map((row) => row['value'] as string | null);
}

/** Rows of each file of a glob, by file path in byte order, from the footers as DuckDB reads them. */
export async function rowsPerFile(
  connection: DuckDBConnection,
  glob: string,
): Promise<{ readonly file: string; readonly rows: number }[]> {
  const rows = await queryRows(
    connection,
    `SELECT file_name AS file, num_rows::DOUBLE AS rows FROM parquet_file_metadata(${`'${glob.replaceAll("'", "''")}'`}) ORDER BY encode(file_name)`,
  );
  return rows.map((row) => ({ file: String(row['file']), rows: Number(row['rows']) }));
}

async function columnNames(connection: DuckDBConnection, globs: string | readonly string[]): Promise<string[]> {
  const rows = await queryRows(connection, `SELECT column_name FROM (DESCRIBE SELECT * FROM ${parquetTable(globs)})`);
  return rows.map((row) => String(row['column_name'])).toSorted();
}
