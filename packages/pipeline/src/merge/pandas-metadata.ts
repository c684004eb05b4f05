/** The schema metadata of data frames: https://pandas.pydata.org/docs/development/developer.html. */
export const PANDAS_KEY = 'pandas';

/**
 * The description of a data frame without those of its indexes that are ranges of row numbers. They say where rows stood in one
 * file; in the result, pandas would count its rows by them. An index that is a column of the file is a value of its row, and stays.
 * What is no such description is given back as it is.
 */
export function withoutRowRanges(description: string): string {
  let frame: unknown;
  try {
    frame = JSON.parse(description);
  } catch {
    return description;
  }
  if (typeof frame !== 'object' || frame === null || !('index_columns' in frame)) return description;
  const indexes: unknown = frame.index_columns;
  if (!Array.isArray(indexes)) return description;
  const columns: readonly unknown[] = indexes.filter((index) => !isRange(index));
  if (columns.length === indexes.length) return description;
  return JSON.stringify({ ...frame, index_columns: columns });
}

/** An index that is a column stands there by the column's name. */
function isRange(index: unknown): boolean {
  return typeof index === 'object' && index !== null && 'kind' in index && index.kind === 'range';
}
