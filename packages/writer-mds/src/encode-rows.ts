import type { RecordBatch } from 'apache-arrow';
import { columnValues } from './column-values.ts';
import type { ColumnPlan } from './plan-columns.ts';

/** Rows as they stand in a shard, side by side. */
export interface EncodedRows {
  readonly bytes: Uint8Array;
  /** Bytes of each row. */
  readonly lengths: Uint32Array;
}

/**
 * The rows of a batch: for each, the sizes of those values that have no fixed one, and behind them all values, in the order of the columns.
 * Source: MosaicML Streaming, `MDSWriter.encode_sample` of `format/mds/writer.py` (Apache-2.0).
 *
 * @param firstRow Rows of the shard before the batch.
 * @param refuseBytes Called with the bytes of all rows before memory is taken for them; throws if they are too many.
 * @throws RiffleError as {@link columnValues}
 */
export function encodeRows(
  columns: readonly ColumnPlan[],
  batch: RecordBatch,
  firstRow: number,
  refuseBytes: (bytes: number) => void,
): EncodedRows {
  const rows = batch.numRows;
  const lengths = new Uint32Array(rows);
  let total = 0;
  const parts = columns.map((column) => {
    const values = columnValues(column, batch.data, firstRow);
    const { size } = column.form;
    const sizes = size === null ? new Uint32Array(rows) : undefined;
    for (let row = 0; row < rows; row++) {
      // Asked of all: lists look for nulls in themselves here.
      const bytes = values.sizeOf(row);
      if (sizes !== undefined) sizes[row] = bytes;
      lengths[row]! += bytes + (sizes === undefined ? 0 : 4);
      total += bytes + (sizes === undefined ? 0 : 4);
    }
    // After each column, so that no length has wrapped.
    refuseBytes(total);
    return { values, sizes, size };
  });

  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const places = new Uint32Array(rows);
  for (let row = 1; row < rows; row++) places[row] = places[row - 1]! + lengths[row - 1]!;
  for (const { sizes } of parts) {
    if (sizes === undefined) continue;
    for (let row = 0; row < rows; row++) {
      view.setUint32(places[row]!, sizes[row]!, true);
      places[row]! += 4;
    }
  }
  for (const { values, sizes, size } of parts) {
    for (let row = 0; row < rows; row++) {
      values.copy(row, bytes, places[row]!);
      places[row]! += sizes === undefined ? size! : sizes[row]!;
    }
  }
  return { bytes, lengths };
}
