import { bitAt } from './bits.ts';
import { noBytes, wordsOf, type Column, type ColumnBatch } from './column.ts';
import { byteRegion, copyBytes } from './copy-bytes.ts';

/**
 * The canonical encoding of values as 32-bit words (docs/reference/fingerprint.md): equal logical values give equal words
 * whatever their Arrow layout, and unequal ones of a type give unequal words. `nowhere` as a cursor means: no value here.
 */
const nowhere = 0xffffffff;

const bitmapWords = (count: number) => (count + 31) >>> 5;

/** Words per value: one number if all values of the column take the same. Counts nulls too; the caller leaves them out. */
export type WordCounts = number | Uint32Array;

export function countAt(counts: WordCounts, index: number): number {
  return typeof counts === 'number' ? counts : counts[index]!;
}

function isNull(column: Column, row: number): boolean {
  return column.layout.kind === 'null' || (column.validity !== undefined && !bitAt(column.validity, column.validityOffset + row));
}

/** Words of rows `from … to` (index 0 is row `from`), each as a struct of all columns. */
export function measureRows({ columns }: ColumnBatch, from: number, to: number): WordCounts {
  return measureFields(columns, from, to);
}

function measureFields(fields: readonly Column[], from: number, to: number): WordCounts {
  const own = bitmapWords(fields.length);
  const parts = fields.map((field) => measureColumn(field, from, to));
  const steady = parts.every((part) => typeof part === 'number') && fields.every((field) => field.validity === undefined);
  if (steady) return (parts as number[]).reduce((sum, part) => sum + part, own);
  const counts = new Uint32Array(to - from).fill(own);
  fields.forEach((field, index) => {
    const part = parts[index]!;
    for (let row = from; row < to; row++) if (!isNull(field, row)) counts[row - from]! += countAt(part, row - from);
  });
  return counts;
}

function measureColumn(column: Column, from: number, to: number): WordCounts {
  const { layout, offsets, children } = column;
  switch (layout.kind) {
    case 'null':
      return 0;
    case 'bits':
      return 1;
    case 'fixed':
      return fixedWords(column);
    case 'bytes': {
      const counts = new Uint32Array(to - from);
      for (let row = from; row < to; row++) counts[row - from] = 1 + ((offsets![row + 1]! - offsets![row]! + 3) >>> 2);
      return counts;
    }
    case 'struct':
      return measureFields(children, from, to);
    case 'list':
    case 'fixed-list':
      return measureLists(column, from, to);
    default:
      throw new TypeError(`A ${layout.kind} column must be resolved to its values first.`);
  }
}

/** Fixed-size binary is bytes with a length, so that it equals variable-length binary; numbers take their width, at least a word. */
function fixedWords(column: Column): number {
  const width = column.layout.kind === 'fixed' ? column.layout.width : 0;
  return (isBinary(column) ? 1 : 0) + ((width + 3) >>> 2);
}

/** apache-arrow's Type.FixedSizeBinary. */
function isBinary(column: Column): boolean {
  return column.type.typeId === 15;
}

function elementRange(column: Column, row: number): [number, number] {
  if (column.layout.kind === 'fixed-list') return [row * column.layout.size, (row + 1) * column.layout.size];
  return [column.offsets![row]!, column.offsets![row + 1]!];
}

function measureLists(column: Column, from: number, to: number): Uint32Array {
  const child = column.children[0]!;
  const first = elementRange(column, from)[0];
  const last = to > from ? elementRange(column, to - 1)[1] : first;
  const parts = measureColumn(child, first, last);
  const steady = typeof parts === 'number' && child.validity === undefined && child.layout.kind !== 'null';
  const counts = new Uint32Array(to - from);
  for (let row = from; row < to; row++) {
    const [start, end] = elementRange(column, row);
    let words = 1 + bitmapWords(end - start);
    if (steady) words += (end - start) * parts;
    else for (let element = start; element < end; element++) if (!isNull(child, element)) words += countAt(parts, element - first);
    counts[row - from] = words;
  }
  return counts;
}

/** Writes rows `from … to`; row r starts at word `cursors[r - from]`, which is moved past it. The words must be 0 before. */
export function writeRows({ columns }: ColumnBatch, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  writeFields(columns, from, to, cursors, words);
}

function writeFields(fields: readonly Column[], from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  const own = bitmapWords(fields.length);
  const starts = cursors.slice();
  for (let index = 0; index < cursors.length; index++) if (cursors[index] !== nowhere) cursors[index]! += own;
  fields.forEach((field, index) => {
    const word = index >>> 5;
    const bit = 1 << (index & 31);
    const allValid = field.validity === undefined && field.layout.kind !== 'null';
    const fieldCursors = allValid ? cursors : cursors.slice();
    for (let row = from; row < to; row++) {
      const start = starts[row - from]!;
      if (start === nowhere) continue;
      if (allValid || !isNull(field, row)) words[start + word]! |= bit;
      else fieldCursors[row - from] = nowhere;
    }
    writeColumn(field, from, to, fieldCursors, words);
    if (!allValid) for (let at = 0; at < cursors.length; at++) if (fieldCursors[at] !== nowhere) cursors[at] = fieldCursors[at]!;
  });
}

/** Writes values `from … to` at their cursors and moves the cursors past them. */
function writeColumn(column: Column, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  switch (column.layout.kind) {
    case 'null':
      return;
    case 'bits':
      return writeBits(column, from, to, cursors, words);
    case 'fixed':
      return writeFixed(column, column.layout.width, from, to, cursors, words);
    case 'bytes':
      return writeByteStrings(column, from, to, cursors, words);
    case 'struct':
      return writeFields(column.children, from, to, cursors, words);
    default:
      return writeLists(column, from, to, cursors, words);
  }
}

function writeBits(column: Column, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere) continue;
    words[at] = bitAt(column.values!, column.valuesOffset + row) ? 1 : 0;
    cursors[row - from] = at + 1;
  }
}

/** Signed integers are extended by their sign, all else by zeros. */
function smallValues(column: Column, width: number): ArrayLike<number> {
  const values = column.values ?? noBytes;
  const type = column.type as { isSigned?: boolean; typeId: number };
  const signed = type.typeId === 2 && type.isSigned === true;
  if (width === 1) return signed ? new Int8Array(values.buffer, values.byteOffset, values.byteLength) : values;
  if (width === 2) {
    const count = values.byteLength >> 1;
    return signed ? new Int16Array(values.buffer, values.byteOffset, count) : new Uint16Array(values.buffer, values.byteOffset, count);
  }
  return wordsOf(values);
}

function writeFixed(column: Column, width: number, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  if (isBinary(column) || (width & 3) !== 0 && width > 4) return writeFixedBinary(column, width, from, to, cursors, words);
  if (width <= 4) {
    const values = smallValues(column, width);
    for (let row = from; row < to; row++) {
      const at = cursors[row - from]!;
      if (at === nowhere) continue;
      words[at] = values[row]!;
      cursors[row - from] = at + 1;
    }
    return;
  }
  const values = wordsOf(column.values ?? noBytes);
  const count = width >> 2;
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere) continue;
    for (let word = 0; word < count; word++) words[at + word] = values[row * count + word]!;
    cursors[row - from] = at + count;
  }
}

function writeFixedBinary(column: Column, width: number, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  const source = byteRegion(column.values ?? noBytes);
  const target = byteRegion(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere) continue;
    words[at] = width;
    copyBytes(source, row * width, target, 4 * (at + 1), width);
    cursors[row - from] = at + 1 + ((width + 3) >>> 2);
  }
}

function writeByteStrings(column: Column, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  const source = byteRegion(column.values ?? noBytes);
  const target = byteRegion(new Uint8Array(words.buffer, words.byteOffset, words.byteLength));
  const offsets = column.offsets!;
  for (let row = from; row < to; row++) {
    const at = cursors[row - from]!;
    if (at === nowhere) continue;
    const start = offsets[row]!;
    const length = offsets[row + 1]! - start;
    words[at] = length;
    copyBytes(source, start, target, 4 * (at + 1), length);
    cursors[row - from] = at + 1 + ((length + 3) >>> 2);
  }
}

function writeLists(column: Column, from: number, to: number, cursors: Uint32Array, words: Int32Array): void {
  if (from >= to) return;
  const child = column.children[0]!;
  const first = elementRange(column, from)[0];
  const last = elementRange(column, to - 1)[1];
  const plain = child.layout.kind === 'fixed' && child.layout.width === 4 && child.validity === undefined && !isBinary(child) ? wordsOf(child.values ?? noBytes) : undefined;
  const parts = plain === undefined ? measureColumn(child, first, last) : 1;
  const elementCursors = plain === undefined ? new Uint32Array(last - first).fill(nowhere) : undefined;
  for (let row = from; row < to; row++) {
    const start = cursors[row - from]!;
    if (start === nowhere) continue;
    const [firstElement, endElement] = elementRange(column, row);
    const length = endElement - firstElement;
    words[start] = length;
    let at = start + 1 + bitmapWords(length);
    if (plain !== undefined) {
      for (let word = 0; word < length >>> 5; word++) words[start + 1 + word] = -1;
      if ((length & 31) !== 0) words[start + 1 + (length >>> 5)] = (1 << (length & 31)) - 1;
      if (length > 64) words.set(plain.subarray(firstElement, endElement), at);
      else for (let element = 0; element < length; element++) words[at + element] = plain[firstElement + element]!;
      at += length;
    } else {
      for (let element = firstElement; element < endElement; element++) {
        if (isNull(child, element)) continue;
        const index = element - firstElement;
        words[start + 1 + (index >>> 5)]! |= 1 << (index & 31);
        elementCursors![element - first] = at;
        at += countAt(parts, element - first);
      }
    }
    cursors[row - from] = at;
  }
  if (elementCursors !== undefined) writeColumn(child, first, last, elementCursors, words);
}
