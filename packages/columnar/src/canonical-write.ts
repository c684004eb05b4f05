import { bitAt } from './bits.ts';
import { bitmapWords, firstElement, hasLength } from './canonical-shape.ts';
import { countAt, measureColumn } from './canonical-size.ts';
import { writeBits, writeByteStrings, writeFixed, writeFixedBinary } from './canonical-values.ts';
import { noBytes, wordsOf, type Column, type ColumnBatch } from './column.ts';
import { nowhere, type Target } from './canonical-target.ts';

/** Writes rows `from … to`; row r starts at word `cursors[r - from]`, which is moved past it. */
export function writeRows({ columns }: ColumnBatch, from: number, to: number, target: Target): void {
  writeFields(columns, from, to, target);
}

/** A bitmap of the fields that are not null, then those fields. */
function writeFields(fields: readonly Column[], from: number, to: number, target: Target): void {
  const starts = fields.every(neverNull) ? target.cursors : target.cursors.slice();
  writeBitmaps(fields, target);
  fields.forEach((field, index) => {
    if (neverNull(field)) writeColumn(field, from, to, target);
    else if (field.layout.kind !== 'null') writeNullable(field, from, to, target, starts, index);
  });
}

/** Bits of fields that are never null; those of others are set as their values are written. */
function writeBitmaps(fields: readonly Column[], { words, cursors, together }: Target): void {
  const always = new Int32Array(bitmapWords(fields.length));
  fields.forEach((field, index) => {
    if (neverNull(field)) always[index >>> 5]! |= 1 << (index & 31);
  });
  if (together !== undefined && always.length === 1) {
    together.constant(always[0]!, cursors.length);
    return;
  }
  for (let index = 0; index < cursors.length; index++) {
    const start = cursors[index]!;
    if (start === nowhere) continue;
    for (let word = 0; word < always.length; word++) words[start + word] = always[word]!;
    cursors[index] = start + always.length;
  }
}

function neverNull(column: Column): boolean {
  return column.validity === undefined && column.layout.kind !== 'null';
}

function writeNullable(
  field: Column,
  from: number,
  to: number,
  target: Target,
  starts: Uint32Array,
  index: number,
): void {
  const { words, bytes, cursors } = target;
  const { validity, validityOffset, layout } = field;
  const bit = index & 31;
  const word = index >>> 5;
  for (let row = from; row < to; row++) {
    const start = starts[row - from]!;
    const at = validityOffset + row;
    // Without a branch on the bit: nulls come at random.
    if (start !== nowhere) words[start + word]! |= ((validity![at >> 3]! >> (at & 7)) & 1) << bit;
  }
  if (layout.kind === 'bits' || layout.kind === 'fixed' || layout.kind === 'bytes') {
    writeColumn(field, from, to, target);
    return;
  }
  const own = cursors.map((at, row) => (bitAt(validity!, validityOffset + from + row) ? at : nowhere));
  writeColumn(field, from, to, { words, bytes, cursors: own, together: undefined });
  for (let at = 0; at < own.length; at++) if (own[at] !== nowhere) cursors[at] = own[at]!;
}

/** Writes values `from … to` at their cursors and moves the cursors past them. */
function writeColumn(column: Column, from: number, to: number, target: Target): void {
  const { layout } = column;
  if (layout.kind === 'bits') writeBits(column, from, to, target);
  else if (layout.kind === 'bytes') writeByteStrings(column, from, to, target);
  else if (layout.kind === 'struct') writeFields(column.children, from, to, target);
  else if (layout.kind === 'fixed' && hasLength(column)) writeFixedBinary(column, layout.width, from, to, target);
  else if (layout.kind === 'fixed') writeFixed(column, layout.width, from, to, target);
  else if (layout.kind !== 'null') writeLists(column, from, to, target);
}

/** The number of elements, a bitmap of those that are not null, then those elements. */
function writeLists(column: Column, from: number, to: number, target: Target): void {
  const child = column.children[0]!;
  if (
    child.layout.kind === 'fixed' &&
    child.layout.width % 4 === 0 &&
    child.validity === undefined &&
    !hasLength(child)
  ) {
    writePlainLists(column, wordsOf(child.values ?? noBytes), child.layout.width >> 2, from, to, target);
    return;
  }
  const { words, bytes, cursors } = target;
  const first = firstElement(column, from);
  const last = firstElement(column, to);
  const sizes = measureColumn(child, first, last);
  const elementCursors = new Uint32Array(last - first).fill(nowhere);
  const { validity, validityOffset, layout } = child;
  for (let row = from; row < to; row++) {
    const start = cursors[row - from]!;
    if (start === nowhere) continue;
    const firstOfRow = firstElement(column, row);
    const length = firstElement(column, row + 1) - firstOfRow;
    words[start] = length;
    let at = start + 1 + bitmapWords(length);
    words.fill(0, start + 1, at);
    for (let index = 0; index < length; index++) {
      const element = firstOfRow + index;
      if (layout.kind === 'null' || (validity !== undefined && !bitAt(validity, validityOffset + element))) continue;
      words[start + 1 + (index >>> 5)]! |= 1 << (index & 31);
      elementCursors[element - first] = at;
      at += countAt(sizes, element - first);
    }
    cursors[row - from] = at;
  }
  writeColumn(child, first, last, { words, bytes, cursors: elementCursors, together: undefined });
}

/** Elements of `width` words each, none of them null: they stand in the words as they stand in the column. */
function writePlainLists(
  column: Column,
  values: Int32Array,
  width: number,
  from: number,
  to: number,
  { words, cursors }: Target,
): void {
  for (let row = from; row < to; row++) {
    const start = cursors[row - from]!;
    if (start === nowhere) continue;
    const firstOfRow = firstElement(column, row);
    const length = firstElement(column, row + 1) - firstOfRow;
    words[start] = length;
    for (let word = 0; word < length >>> 5; word++) words[start + 1 + word] = -1;
    if ((length & 31) !== 0) words[start + 1 + (length >>> 5)] = (1 << (length & 31)) - 1;
    const at = start + 1 + bitmapWords(length);
    const source = firstOfRow * width;
    const count = length * width;
    if (count > 64) words.set(values.subarray(source, source + count), at);
    else for (let word = 0; word < count; word++) words[at + word] = values[source + word]!;
    cursors[row - from] = at + count;
  }
}
