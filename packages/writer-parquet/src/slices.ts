import type { RecordBatch } from 'apache-arrow';

/** The most Arrow data that is handed to the codec at once; its memory grows to a few times this. */
export const SLICE_BYTES = 12 * 2 ** 20;

/** Cuts a large batch into slices of about equal rows, by a rule that depends on the batch alone. */
export function slicesOf(batch: RecordBatch, bytes: number): readonly RecordBatch[] {
  const count = Math.min(batch.numRows, Math.ceil(bytes / SLICE_BYTES));
  if (count <= 1) return [batch];
  const bounds = Array.from({ length: count + 1 }, (_, index) => Math.floor((index * batch.numRows) / count));
  return bounds.slice(1).map((end, index) => batch.slice(bounds[index]!, end));
}
