import { PAGE_BYTES, WRITE_BATCH_VALUES } from './encode.ts';

/**
 * Where the codec ends pages of plain byte strings. It looks whether a page is full after so many rows as hold a page's worth at the front of a stretch.
 * Source: `write_batch_internal`, `ByteBudgetChunker` and `should_add_data_page` of parquet-rs 59, https://github.com/apache/arrow-rs/tree/main/parquet/src/column/writer
 */

/** Rows of a page at most, and of a stretch where all rows have the same level. */
const PAGE_ROWS = 20_000;
const LENGTH_BYTES = 4;

/** Rows `first … end`, whose values take so many bytes with their lengths. */
export interface PageRows {
  readonly first: number;
  readonly end: number;
  readonly valueBytes: number;
}

/**
 * @param offsets of `rows` values. @param levels of definition, or undefined where they are all `defined`.
 * @param defined the level of a value that is there: 0 if none can be missing.
 */
export function byteArrayPages(
  offsets: Int32Array,
  rows: number,
  levels: Uint8Array | undefined,
  defined: number,
): readonly PageRows[] {
  const isThere = (row: number): boolean => levels === undefined || levels[row] === defined;
  const bytesOf = (row: number): number => LENGTH_BYTES + offsets[row + 1]! - offsets[row]!;

  /** Rows between two looks, in the stretch of rows `start … end`. */
  function stepOf(start: number, end: number): number {
    let [values, fit, bytes] = [0, 0, 0];
    for (let row = start; row < end; row++) {
      if (!isThere(row)) continue;
      values++;
      if (bytes > PAGE_BYTES) continue;
      bytes += bytesOf(row);
      fit = values;
    }
    const length = end - start;
    return values === 0 ? length : Math.min(length, Math.ceil((fit * length) / values));
  }

  const stretch = levels === undefined && defined > 0 ? PAGE_ROWS : WRITE_BATCH_VALUES;
  const pages: PageRows[] = [];
  let [first, valueBytes] = [0, 0];
  for (let start = 0; start < rows; start += stretch) {
    const end = Math.min(rows, start + stretch);
    const step = stepOf(start, end);
    for (let look = start; look < end; look += step) {
      const until = Math.min(end, look + step);
      for (let row = look; row < until; row++) if (isThere(row)) valueBytes += bytesOf(row);
      if (until - first < PAGE_ROWS && valueBytes < PAGE_BYTES && until < rows) continue;
      pages.push({ first, end: until, valueBytes });
      [first, valueBytes] = [until, 0];
    }
  }
  return pages;
}
