import { arrowBytes } from '@riffle/columnar';
import type { RecordBatch } from 'apache-arrow';

/** The batch in parts of at most about `targetBytes`, sharing its buffers; a single row is not cut. */
export function* partsOf(batch: RecordBatch, bytes: number, targetBytes: number): Generator<RecordBatch> {
  if (bytes <= targetBytes || batch.numRows <= 1) {
    yield batch;
    return;
  }
  const middle = batch.numRows >> 1;
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) yield* partsOf(half, arrowBytes(half), targetBytes);
}
