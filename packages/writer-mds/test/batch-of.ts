import { tableFromArrays, Utf8, vectorFromArray, type RecordBatch, Table } from 'apache-arrow';

/** Columns by name. */
export type TestColumns = Readonly<Record<string, readonly string[] | Int32Array | Float64Array>>;

/** One batch of columns; texts as plain UTF-8. */
export function batchOf(columns: TestColumns): RecordBatch {
  const vectors = Object.entries(columns).map(([name, values]) => [
    name,
    Array.isArray(values)
      ? vectorFromArray(values as string[], new Utf8())
      : tableFromArrays({ [name]: values as Int32Array }).getChildAt(0)!,
  ]);
  return new Table(Object.fromEntries(vectors) as never).batches[0]!;
}
