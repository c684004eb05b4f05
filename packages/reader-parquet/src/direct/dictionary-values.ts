import { numberKernel } from '@riffle/codec-parquet';
import { readVarint, type ByteCursor } from './byte-cursor.ts';
import type { ValueTarget } from './delta-values.ts';

const WIDEST = 32;

/**
 * Values of a dictionary, by indices in runs and packed groups behind a byte with their width. False for anything damaged.
 * @param dictionary its values, which the kernel of this thread has too.
 */
export function readIndexed(cursor: ByteCursor, count: number, dictionary: Uint8Array, target: ValueTarget): boolean {
  const { view, end } = cursor;
  const { bytes, width: valueBytes } = target;
  const kernel = numberKernel();
  const size = dictionary.length / valueBytes;
  if (target.at + count * valueBytes > bytes.length) return false;
  if (count === 0) return true;
  if (cursor.at >= end) return false;
  const width = view.getUint8(cursor.at++);
  if (width > WIDEST) return false;
  const runBytes = Math.ceil(width / 8);
  for (let left = count; left > 0;) {
    const header = readVarint(cursor);
    if (header === undefined || header < 2) return false;
    const length = Math.floor(header / 2);
    const start = cursor.at;
    const isRun = header % 2 === 0;
    cursor.at += isRun ? runBytes : length * width;
    if (cursor.at > end) return false;
    const taken = Math.min(isRun ? length : length * 8, left);
    const next = target.at + taken * valueBytes;
    if (isRun) {
      let index = 0;
      for (let byte = runBytes - 1; byte >= 0; byte--) index = index * 256 + view.getUint8(start + byte);
      if (index >= size) return false;
      const value = dictionary.subarray(index * valueBytes, (index + 1) * valueBytes);
      for (let at = target.at; at < next; at += valueBytes) bytes.set(value, at);
    } else {
      const packed = new Uint8Array(view.buffer, start, length * width);
      if (!kernel.unpackIndexed(packed, width, taken, size, valueBytes === 8, bytes.subarray(target.at, next)))
        return false;
    }
    target.at = next;
    left -= taken;
  }
  return true;
}
