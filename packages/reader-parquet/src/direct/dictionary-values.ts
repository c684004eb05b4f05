import { readVarint, type ByteCursor } from './byte-cursor.ts';
import type { WordTarget } from './delta-values.ts';

/** An index of at most so many bits lies within one word wherever it begins. */
const WIDEST = 25;

/**
 * Values of a dictionary, by indices in runs and packed groups behind a byte with their width. False for anything damaged, or indices of more than
 * 25 bits.
 * @param dictionary words of its values.
 */
export function readIndexed(cursor: ByteCursor, count: number, dictionary: Int32Array, target: WordTarget): boolean {
  const { view, end } = cursor;
  const { words, wordsPerValue } = target;
  const size = dictionary.length / wordsPerValue;
  if (target.at + count * wordsPerValue > words.length) return false;
  if (count === 0) return true;
  if (cursor.at >= end) return false;
  const width = view.getUint8(cursor.at++);
  if (width > WIDEST) return false;
  const mask = (1 << width) - 1;
  const runBytes = Math.ceil(width / 8);
  let { at } = target;
  for (let left = count; left > 0;) {
    const header = readVarint(cursor);
    if (header === undefined || header < 2) return false;
    const length = Math.floor(header / 2);
    const start = cursor.at;
    if (header % 2 === 0) {
      cursor.at += runBytes;
      if (cursor.at > end) return false;
      const index = runBytes === 0 ? 0 : view.getUint32(start, true) & (2 ** (8 * runBytes) - 1);
      const taken = Math.min(length, left);
      if (index >= size) return false;
      if (wordsPerValue === 1) words.fill(dictionary[index]!, at, at + taken);
      else
        for (let place = at; place < at + 2 * taken; place += 2) {
          words[place] = dictionary[2 * index]!;
          words[place + 1] = dictionary[2 * index + 1]!;
        }
      at += taken * wordsPerValue;
      left -= taken;
      continue;
    }
    cursor.at += length * width;
    if (cursor.at > end) return false;
    const taken = Math.min(length * 8, left);
    if (wordsPerValue === 1) {
      for (let place = at, bit = 0; place < at + taken; place++, bit += width) {
        const index = (view.getUint32(start + (bit >>> 3), true) >>> (bit & 7)) & mask;
        if (index >= size) return false;
        words[place] = dictionary[index]!;
      }
    } else {
      for (let place = at, bit = 0; place < at + 2 * taken; place += 2, bit += width) {
        const index = (view.getUint32(start + (bit >>> 3), true) >>> (bit & 7)) & mask;
        if (index >= size) return false;
        words[place] = dictionary[2 * index]!;
        words[place + 1] = dictionary[2 * index + 1]!;
      }
    }
    at += taken * wordsPerValue;
    left -= taken;
  }
  target.at = at;
  return true;
}
