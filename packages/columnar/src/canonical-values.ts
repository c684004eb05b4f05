import { DataType } from 'apache-arrow';
import { bitAt } from './bits.ts';
import { nowhere, type Target } from './canonical-target.ts';
import { noBytes, wordsOf, type Column } from './column.ts';
import { longEnoughForSet } from './copy-bytes.ts';

/** Each writer leaves out nulls and what has no cursor. */
function isNull({ validity, validityOffset }: Column, row: number): boolean {
  return validity !== undefined && !bitAt(validity, validityOffset + row);
}

/** One word: 0 or 1. */
export function writeBits(column: Column, from: number, to: number, { words, cursors }: Target): void {
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere || isNull(column, row)) continue;
    words[at] = bitAt(column.values!, column.valuesOffset + row) ? 1 : 0;
    cursors[row - from] = at + 1;
  }
}

/** The bytes of the value, least significant word first; values of 1 and 2 bytes are extended to a word. */
export function writeFixed(column: Column, width: number, from: number, to: number, target: Target): void {
  const values = column.values ?? noBytes;
  if (width < 4) return writeSmall(column, width, from, to, target);
  const source = wordsOf(values);
  const { words, cursors, together } = target;
  const count = width >> 2;
  if (together !== undefined && column.validity === undefined && count <= 2) {
    const values = source.subarray(from * count, to * count);
    if (count === 1) together.words(values);
    else together.pairs(values);
    return;
  }
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere || isNull(column, row)) continue;
    const start = row * count;
    words[at] = source[start]!;
    // Most values have one or two words; only the wide decimals have more.
    if (count > 1) words[at + 1] = source[start + 1]!;
    if (count > 2) for (let word = 2; word < count; word++) words[at + word] = source[start + word]!;
    cursors[row - from] = at + count;
  }
}

/** Signed integers are extended by their sign, all else by zeros. */
function writeSmall(column: Column, width: number, from: number, to: number, { words, cursors }: Target): void {
  const values = column.values ?? noBytes;
  const signed = DataType.isInt(column.type) && column.type.isSigned;
  const unused = 32 - 8 * width;
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere || isNull(column, row)) continue;
    const value = width === 1 ? values[row]! : values[2 * row]! | (values[2 * row + 1]! << 8);
    words[at] = signed ? (value << unused) >> unused : value;
    cursors[row - from] = at + 1;
  }
}

/** The number of bytes, then the bytes, with zeros up to a whole word. */
export function writeByteStrings(column: Column, from: number, to: number, target: Target): void {
  const { words, bytes, cursors, together } = target;
  const values = column.values ?? noBytes;
  const offsets = column.offsets!;
  if (column.validity === undefined && together?.texts(offsets.subarray(from, to + 1), values) === true) return;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere || isNull(column, row)) continue;
    const start = offsets[row]!;
    const length = offsets[row + 1]! - start;
    words[at] = length;
    copyToWords(values, view, start, length, words, bytes, at + 1);
    cursors[row - from] = at + 1 + ((length + 3) >>> 2);
  }
}

/** As {@link writeByteStrings}. */
export function writeFixedBinary(
  column: Column,
  width: number,
  from: number,
  to: number,
  { words, bytes, cursors }: Target,
): void {
  const values = column.values ?? noBytes;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere || isNull(column, row)) continue;
    words[at] = width;
    copyToWords(values, view, row * width, width, words, bytes, at + 1);
    cursors[row - from] = at + 1 + ((width + 3) >>> 2);
  }
}

function copyToWords(
  values: Uint8Array,
  view: DataView,
  start: number,
  length: number,
  words: Int32Array,
  bytes: Uint8Array,
  at: number,
): void {
  const end = start + length;
  if (length >= longEnoughForSet) {
    words[at + ((length - 1) >>> 2)] = 0;
    bytes.set(values.subarray(start, end), 4 * at);
    return;
  }
  let from = start;
  let to = at;
  for (; from + 4 <= end; from += 4) words[to++] = view.getInt32(from, true);
  if (from === end) return;
  let last = 0;
  for (let shift = 0; from < end; from++, shift += 8) last |= values[from]! << shift;
  words[to] = last;
}
