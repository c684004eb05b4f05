import { readVarint, type ByteCursor } from './byte-cursor.ts';

/** Wider ones do not fit a word at every bit. */
const WIDEST = 24;

/**
 * Reads `count` indices into a dictionary of `size` values, in runs and packed groups behind a byte with their width. For a few:
 * `readIndexed` has a kernel for many. False for anything damaged.
 */
export function readIndices(cursor: ByteCursor, count: number, size: number, out: Uint32Array): boolean {
  const { view, end } = cursor;
  if (count === 0) return true;
  if (cursor.at >= end) return false;
  const width = view.getUint8(cursor.at++);
  if (width > WIDEST) return false;
  const mask = 2 ** width - 1;
  const runBytes = Math.ceil(width / 8);
  for (let done = 0; done < count;) {
    const header = readVarint(cursor);
    if (header === undefined || header < 2) return false;
    const length = Math.floor(header / 2);
    const start = cursor.at;
    const isRun = header % 2 === 0;
    cursor.at += isRun ? runBytes : length * width;
    if (cursor.at > end) return false;
    const last = Math.min(count, done + (isRun ? length : length * 8));
    if (isRun) {
      let index = 0;
      for (let byte = runBytes - 1; byte >= 0; byte--) index = index * 256 + view.getUint8(start + byte);
      if (index >= size) return false;
      out.fill(index, done, last);
      done = last;
      continue;
    }
    for (let bit = 0; done < last; done++, bit += width) {
      const index = (view.getUint32(start + (bit >>> 3), true) >>> (bit & 7)) & mask;
      if (index >= size) return false;
      out[done] = index;
    }
  }
  return true;
}
