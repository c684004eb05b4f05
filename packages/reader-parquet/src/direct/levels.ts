import { readVarint, type ByteCursor } from './byte-cursor.ts';

/**
 * Levels of one page as runs and packed groups. Every function here takes only what is whole and sound, and otherwise says undefined or false:
 * the codec decides then.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */

/** Whether the first run holds `count` levels of `level`, and so all there are. Moves the cursor only over its header. */
export function isOneRun(cursor: ByteCursor, level: number, count: number): boolean {
  const header = readVarint(cursor);
  if (header === undefined || header % 2 === 1 || header / 2 < count) return false;
  return cursor.at < cursor.end && cursor.view.getUint8(cursor.at) === level;
}

/** Unpacks `count` levels of at most 8 bits into `out`, a byte each. */
export function unpackLevels(cursor: ByteCursor, largest: number, count: number, out: Uint8Array): boolean {
  const { view, end } = cursor;
  const width = 32 - Math.clz32(largest);
  const mask = (1 << width) - 1;
  for (let done = 0; done < count;) {
    const header = readVarint(cursor);
    if (header === undefined || header < 2) return false;
    const length = Math.floor(header / 2);
    if (header % 2 === 0) {
      if (cursor.at >= end) return false;
      const level = view.getUint8(cursor.at++);
      if (level > largest) return false;
      const taken = Math.min(length, count - done);
      out.fill(level, done, done + taken);
      done += taken;
      continue;
    }
    if (cursor.at + length * width > end) return false;
    const taken = Math.min(length * 8, count - done);
    for (let index = 0; index < taken; index++) {
      const bit = index * width;
      const level = (view.getUint16(cursor.at + (bit >> 3), true) >> (bit & 7)) & mask;
      if (level > largest) return false;
      out[done + index] = level;
    }
    cursor.at += length * width;
    done += taken;
  }
  return true;
}
