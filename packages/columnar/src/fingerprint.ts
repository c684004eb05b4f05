import { countAt, measureRows } from './canonical-size.ts';
import { writeRows } from './canonical-write.ts';
import type { ColumnBatch } from './column.ts';
import { murmur3Words } from './murmur3-128.ts';

/** Rows are encoded and hashed in runs of at most this many words, unless one row has more, which stay in the cache. */
const runWords = 1 << 16;
const runRows = 4096;

let scratch = new Int32Array(runWords);

/**
 * The fingerprint of every row: MurmurHash3_x86_128 of its canonical encoding, as four 32-bit words, least significant
 * first, at `out[4 * row]`. Specification with vectors: docs/reference/fingerprint.md.
 */
export function fingerprintRows(batch: ColumnBatch, out: Uint32Array): void {
  const starts = new Uint32Array(Math.min(batch.rows, runRows));
  for (let from = 0; from < batch.rows;) {
    const limit = Math.min(batch.rows, from + runRows);
    const counts = measureRows(batch, from, limit);
    for (let row = from; row < limit;) {
      const first = row;
      let words = 0;
      do {
        starts[row - first] = words;
        words += countAt(counts, row - from);
        row++;
      } while (row < limit && words + countAt(counts, row - from) <= runWords);
      hashRun(batch, first, row, starts.subarray(0, row - first), words, out);
    }
    from = limit;
  }
}

function hashRun(
  batch: ColumnBatch,
  from: number,
  to: number,
  starts: Uint32Array,
  words: number,
  out: Uint32Array,
): void {
  if (words > scratch.length) scratch = new Int32Array(words);
  else scratch.fill(0, 0, words);
  const cursors = starts.slice();
  writeRows(batch, from, to, { words: scratch, bytes: new Uint8Array(scratch.buffer), cursors });
  for (let row = from; row < to; row++) {
    const at = starts[row - from]!;
    murmur3Words(scratch, at, cursors[row - from]! - at, out, 4 * row);
  }
  // One huge row must not keep its memory for the rest of the job.
  if (scratch.length > 16 * runWords) scratch = new Int32Array(runWords);
}
