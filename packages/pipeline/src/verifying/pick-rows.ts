import { fingerprintRows, sliceBatch, type ColumnBatch } from '@riffle/columnar';

/** Collects the fingerprints of wanted rows from batches that come in order. */
export interface RowPicker {
  /** The rows of `batch` are `first` and following. `fingerprints` are theirs, if they are known already. */
  see(batch: ColumnBatch, first: number, fingerprints?: Uint32Array): void;
  /** Four words for each wanted row, zero where it was not seen. */
  readonly words: Uint32Array;
}

/** @param wanted ascending */
export function createRowPicker(wanted: readonly number[]): RowPicker {
  const words = new Uint32Array(4 * wanted.length);
  let next = 0;
  return {
    words,
    see(batch, first, fingerprints) {
      for (; next < wanted.length && wanted[next]! < first + batch.rows; next++) {
        const row = wanted[next]! - first;
        if (row < 0) continue;
        if (fingerprints === undefined)
          fingerprintRows(sliceBatch(batch, row, row + 1), words.subarray(4 * next, 4 * next + 4));
        else words.set(fingerprints.subarray(4 * row, 4 * row + 4), 4 * next);
      }
    },
  };
}
