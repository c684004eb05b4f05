import type { ColumnBatch } from './column.ts';
import type { FingerprintSums } from './fingerprint-sums.ts';
import { fingerprintRows } from './fingerprint.ts';

/** Rows whose fingerprints are held at once. */
const heldRows = 4096;

const fingerprints = new Uint32Array(4 * heldRows);

/** Adds the fingerprints of all rows to sum `index`. */
export function addFingerprints(batch: ColumnBatch, sums: FingerprintSums, index: number): void {
  for (let from = 0; from < batch.rows; from += heldRows) {
    const to = Math.min(batch.rows, from + heldRows);
    fingerprintRows(batch, fingerprints, from, to);
    sums.addAll(index, fingerprints, to - from);
  }
}
