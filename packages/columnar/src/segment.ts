import { RiffleError } from '@riffle/core';
import { bytesForBits, copyBits, countBits } from './bits.ts';
import { makeColumn, noBytes, type Column, type ColumnBatch } from './column.ts';

/**
 * A segment: some rows of one bucket with their positions, as contiguous bytes that are parsed without copying.
 *
 * Layout, little-endian, every part padded to 8 bytes: `rows`, `byteLength` (u32 each); `rows` positions relative to the
 * bucket's first (u32); then each column in treaty order, depth first: a flag word that is 1 if a validity bitmap follows, a spare
 * word, the bitmap, then by layout a bitmap, the values, offsets from 0 and bytes, offsets and the child, or the children.
 */
const headerBytes = 8;
const padded = (bytes: number) => 8 * Math.ceil(bytes / 8);

/** Bytes that {@link writeSegment} will write for rows `start … end`. */
export function segmentBytes(batch: ColumnBatch, start: number, end: number): number {
  const columns = batch.columns.reduce((sum, column) => sum + columnBytes(column, start, end), 0);
  return headerBytes + padded(4 * (end - start)) + columns;
}

function hasNulls(column: Column, start: number, end: number): boolean {
  return (
    column.validity !== undefined &&
    countBits(column.validity, column.validityOffset + start, end - start) < end - start
  );
}

function columnBytes(column: Column, start: number, end: number): number {
  const { layout, offsets, children } = column;
  const rows = end - start;
  const own = headerBytes + (hasNulls(column, start, end) ? padded(bytesForBits(rows)) : 0);
  switch (layout.kind) {
    case 'bits':
      return own + padded(bytesForBits(rows));
    case 'fixed':
      return own + padded(rows * layout.width);
    case 'bytes':
      return own + padded(4 * (rows + 1)) + padded(offsets![end]! - offsets![start]!);
    case 'list':
      return own + padded(4 * (rows + 1)) + columnBytes(children[0]!, offsets![start]!, offsets![end]!);
    case 'fixed-list':
      return own + columnBytes(children[0]!, start * layout.size, end * layout.size);
    default:
      return children.reduce((sum, child) => sum + columnBytes(child, start, end), own);
  }
}

/** A place in bytes whose start is a multiple of 8. */
interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

/** Spilled bytes have been on a disk: a length that leads outside them must not be believed. */
function checkInside({ bytes, at }: Cursor, count: number): void {
  if (!(count >= 0 && at + count <= bytes.length)) {
    throw new RiffleError(
      'INTERNAL',
      `A segment is damaged: at byte ${at} of ${bytes.length} it says that ${count} bytes follow.`,
    );
  }
}

function wordsAt(cursor: Cursor, count: number): Int32Array {
  checkInside(cursor, 4 * count);
  const words = new Int32Array(cursor.bytes.buffer, cursor.bytes.byteOffset + cursor.at, count);
  cursor.at += padded(4 * count);
  return words;
}

function bytesAt(cursor: Cursor, count: number): Uint8Array {
  checkInside(cursor, count);
  const bytes = cursor.bytes.subarray(cursor.at, cursor.at + count);
  cursor.at += padded(count);
  return bytes;
}

/**
 * Writes rows `start … end` of `batch` at byte `at` of `target` (a multiple of 8 from an 8-byte boundary).
 * `positions[row]` belongs to row `row` of the batch. Returns the byte after the segment.
 */
export function writeSegment(
  batch: ColumnBatch,
  positions: Uint32Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  const cursor: Cursor = { bytes: target, at };
  const header = wordsAt(cursor, 2);
  header[0] = end - start;
  wordsAt(cursor, end - start).set(positions.subarray(start, end));
  for (const column of batch.columns) writeColumn(cursor, column, start, end);
  header[1] = cursor.at - at;
  return cursor.at;
}

function writeColumn(cursor: Cursor, column: Column, start: number, end: number): void {
  const { layout, offsets, children, values = noBytes } = column;
  const rows = end - start;
  const nulls = hasNulls(column, start, end);
  wordsAt(cursor, 2)[0] = nulls ? 1 : 0;
  if (nulls) copyBits(column.validity!, column.validityOffset + start, rows, bytesAt(cursor, bytesForBits(rows)));
  if (layout.kind === 'bits') {
    copyBits(values, column.valuesOffset + start, rows, bytesAt(cursor, bytesForBits(rows)));
  } else if (layout.kind === 'fixed') {
    bytesAt(cursor, rows * layout.width).set(values.subarray(start * layout.width, end * layout.width));
  } else if (layout.kind === 'bytes' || layout.kind === 'list') {
    const first = offsets![start]!;
    const last = offsets![end]!;
    const relative = wordsAt(cursor, rows + 1);
    for (let row = 0; row <= rows; row++) relative[row] = offsets![start + row]! - first;
    if (layout.kind === 'list') writeColumn(cursor, children[0]!, first, last);
    else bytesAt(cursor, last - first).set(values.subarray(first, last));
  } else if (layout.kind === 'fixed-list') {
    writeColumn(cursor, children[0]!, start * layout.size, end * layout.size);
  } else {
    for (const child of children) writeColumn(cursor, child, start, end);
  }
}

/** One parsed segment; everything in it is a view of the bytes it was parsed from. */
export interface Segment extends ColumnBatch {
  readonly positions: Uint32Array;
}

/**
 * Parses all segments that stand one after the other in `bytes`. `template` gives the columns' types ({@link emptyColumn}).
 * @throws INTERNAL if lengths lead outside the bytes or do not add up to what the segment's header says.
 */
export function parseSegments(bytes: Uint8Array, template: readonly Column[]): Segment[] {
  const segments: Segment[] = [];
  const cursor: Cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const start = cursor.at;
    const [rows, length] = wordsAt(cursor, 2) as unknown as [number, number];
    const words = wordsAt(cursor, rows);
    const positions = new Uint32Array(words.buffer, words.byteOffset, rows);
    segments.push({ rows, positions, columns: template.map((column) => parseColumn(cursor, column, rows)) });
    if (cursor.at - start !== length >>> 0) {
      throw new RiffleError(
        'INTERNAL',
        `A segment is damaged: it takes ${cursor.at - start} bytes, its header says ${length >>> 0}.`,
      );
    }
  }
  return segments;
}

function parseColumn(cursor: Cursor, template: Column, length: number): Column {
  const { type, layout } = template;
  const nulls = wordsAt(cursor, 2)[0] === 1;
  const validity = nulls ? bytesAt(cursor, bytesForBits(length)) : undefined;
  const common = { type, layout, length, validity };
  switch (layout.kind) {
    case 'bits':
      return makeColumn({ ...common, values: bytesAt(cursor, bytesForBits(length)) });
    case 'fixed':
      return makeColumn({ ...common, values: bytesAt(cursor, length * layout.width) });
    case 'bytes': {
      const offsets = wordsAt(cursor, length + 1);
      return makeColumn({ ...common, offsets, values: bytesAt(cursor, offsets[length]!) });
    }
    case 'list': {
      const offsets = wordsAt(cursor, length + 1);
      return makeColumn({
        ...common,
        offsets,
        children: [parseColumn(cursor, template.children[0]!, offsets[length]!)],
      });
    }
    case 'fixed-list':
      return makeColumn({ ...common, children: [parseColumn(cursor, template.children[0]!, length * layout.size)] });
    default:
      return makeColumn({ ...common, children: template.children.map((child) => parseColumn(cursor, child, length)) });
  }
}
