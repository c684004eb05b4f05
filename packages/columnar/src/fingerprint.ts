import { countAt, measureRows, type WordCounts } from './canonical-size.ts';
import { writeRows } from './canonical-write.ts';
import type { ColumnBatch } from './column.ts';
import { murmur3Words } from './murmur3-128.ts';
import { createPlainHasher, createSimdHasher, runRows, runWords, type RowHasher } from './row-hasher.ts';

let hasher: RowHasher | undefined;

/**
 * The fingerprint of rows `from … to`: MurmurHash3_x86_128 of its canonical encoding, as four 32-bit words, least significant
 * first, at `out[4 * (row - from)]`. Specification with vectors: docs/reference/fingerprint.md.
 */
export function fingerprintRows(batch: ColumnBatch, out: Uint32Array, from = 0, to: number = batch.rows): void {
  hasher ??= createSimdHasher() ?? createPlainHasher();
  hashRows(hasher, batch, from, to, out);
}

/** {@link fingerprintRows} with a hasher of the caller's. */
export function hashRows(hasher: RowHasher, batch: ColumnBatch, from: number, to: number, out: Uint32Array): void {
  for (let first = from; first < to; first += runRows) {
    const end = Math.min(to, first + runRows);
    const counts = measureRows(batch, first, end);
    for (let row = first; row < end;) {
      const rows = layOut(counts, row - first, end - first, hasher.starts);
      if (rows === 0) hashLarge(batch, row, countAt(counts, row - first), out, 4 * (row - from));
      else hashRun(hasher, batch, row, rows, out, 4 * (row - from));
      row += Math.max(1, rows);
    }
  }
}

/** Sets the starts of as many rows as fit, of those with `counts[from] … counts[to]` words, and returns how many. */
function layOut(counts: WordCounts, from: number, to: number, starts: Uint32Array): number {
  if (typeof counts === 'number') {
    const rows = counts === 0 ? to - from : Math.min(to - from, Math.floor(runWords / counts));
    for (let row = 0; row < rows; row++) starts[row] = row * counts;
    return wholeFours(rows, to - from);
  }
  let words = 0;
  let row = from;
  for (; row < to; row++) {
    const start = words;
    words += counts[row]!;
    if (words > runWords) break;
    starts[row - from] = start;
  }
  return wholeFours(row - from, to - from);
}

/** Rows are hashed in fours; a few left over, of large ones, are better hashed with those that follow. */
function wholeFours(rows: number, most: number): number {
  return rows === most || rows < 4 ? rows : rows & ~3;
}

function hashRun(
  { words, bytes, starts, ends, together, hash }: RowHasher,
  batch: ColumnBatch,
  from: number,
  rows: number,
  out: Uint32Array,
  slot: number,
): void {
  const cursors = ends.subarray(0, rows);
  cursors.set(starts.subarray(0, rows));
  writeRows(batch, from, from + rows, { words, bytes, cursors, together });
  out.set(hash(rows).subarray(0, 4 * rows), slot);
}

/** A row too large for the hasher. Its memory is not kept. */
function hashLarge(batch: ColumnBatch, row: number, count: number, out: Uint32Array, slot: number): void {
  const words = new Int32Array(count);
  const target = { words, bytes: new Uint8Array(words.buffer), cursors: Uint32Array.of(0), together: undefined };
  writeRows(batch, row, row + 1, target);
  murmur3Words(words, 0, count, out, slot);
}
