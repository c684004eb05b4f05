import { readVarint, readZigzag, type ByteCursor } from './byte-cursor.ts';

/** Values of a page as the 32-bit words of the target. Where they begin and how many of them each takes. */
export interface WordTarget {
  readonly words: Int32Array;
  /** First word of the next value. */
  at: number;
  /** 1 or 2. */
  readonly wordsPerValue: number;
}

/** A group of at most 32 bits is read as one word; wider ones with the bits of a fifth byte. */
function packedAt(view: DataView, start: number, bit: number, width: number, mask: number): number {
  const at = start + (bit >>> 3);
  const shift = bit & 7;
  const low = view.getUint32(at, true) >>> shift;
  return ((shift + width > 32 ? low | (view.getUint8(at + 4) << (32 - shift)) : low) & mask) >>> 0;
}

function addNarrow(
  { view }: ByteCursor,
  start: number,
  width: number,
  least: number,
  target: WordTarget,
  count: number,
): void {
  const { words, at } = target;
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let value = words[at - 1]!;
  if (width <= 25) {
    for (let index = 0, bit = 0; index < count; index++, bit += width) {
      value = (value + least + ((view.getUint32(start + (bit >>> 3), true) >>> (bit & 7)) & mask)) | 0;
      words[at + index] = value;
    }
  } else {
    for (let index = 0, bit = 0; index < count; index++, bit += width) {
      value = (value + least + packedAt(view, start, bit, width, mask)) | 0;
      words[at + index] = value;
    }
  }
  target.at += count;
}

/** 64 bits as a number: false once a value cannot be told apart from its neighbours. */
function addWide(
  { view }: ByteCursor,
  start: number,
  width: number,
  least: number,
  target: WordTarget,
  count: number,
): boolean {
  const { words, at } = target;
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let value = words[at - 2]! + 0 >= 0 ? words[at - 2]! : words[at - 2]! + 2 ** 32;
  value += words[at - 1]! * 2 ** 32;
  for (let index = 0, bit = 0; index < count; index++, bit += width) {
    value += least + (width === 0 ? 0 : packedAt(view, start, bit, width, mask));
    if (!Number.isSafeInteger(value)) return false;
    words[at + 2 * index] = value | 0;
    words[at + 2 * index + 1] = Math.floor(value / 2 ** 32);
  }
  target.at += 2 * count;
  return true;
}

/**
 * Values of DELTA_BINARY_PACKED of at most 32 bits a delta. False for everything else, and for anything damaged.
 * Source: https://parquet.apache.org/docs/file-format/data-pages/encodings/#delta-encoding-delta_binary_packed--5
 */
export function readDeltas(cursor: ByteCursor, count: number, target: WordTarget): boolean {
  const [blockSize, groups, total, first] = [
    readVarint(cursor),
    readVarint(cursor),
    readVarint(cursor),
    readZigzag(cursor),
  ];
  if (blockSize === undefined || groups === undefined || total !== count || first === undefined) return false;
  const size = blockSize / groups;
  if (groups === 0 || groups > 256 || size % 32 !== 0 || size === 0 || size > 2 ** 16) return false;
  const { words, wordsPerValue } = target;
  if (count === 0) return true;
  if (target.at + count * wordsPerValue > words.length) return false;
  words[target.at++] = first | 0;
  if (wordsPerValue === 2) words[target.at++] = Math.floor(first / 2 ** 32);
  for (let left = count - 1; left > 0;) {
    const least = readZigzag(cursor);
    const widths = cursor.at;
    cursor.at += groups;
    if (least === undefined || cursor.at > cursor.end) return false;
    for (let group = 0; group < groups && left > 0; group++) {
      const width = cursor.view.getUint8(widths + group);
      const bytes = (width * size) / 8;
      if (width > 32 || cursor.at + bytes > cursor.end) return false;
      const taken = Math.min(size, left);
      if (wordsPerValue === 1) addNarrow(cursor, cursor.at, width, least | 0, target, taken);
      else if (!addWide(cursor, cursor.at, width, least, target, taken)) return false;
      cursor.at += bytes;
      left -= taken;
    }
  }
  return true;
}
