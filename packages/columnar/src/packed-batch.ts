import { bytesForBits } from './bits.ts';
import type { Column, ColumnBatch } from './column.ts';
import { segmentBytes } from './segment.ts';

/** A column without its type, which does not survive the way to another thread. */
export type PackedColumn = Omit<Column, 'type' | 'layout' | 'children'> & {
  readonly children: readonly PackedColumn[];
};

/** A batch as plain data: with buffers in shared memory it reaches other threads without copying. */
export interface PackedBatch {
  readonly rows: number;
  readonly columns: readonly PackedColumn[];
}

function packColumn({ type: _type, layout: _layout, children, ...buffers }: Column): PackedColumn {
  return { ...buffers, children: children.map(packColumn) };
}

export function packBatch({ rows, columns }: ColumnBatch): PackedBatch {
  return { rows, columns: columns.map(packColumn) };
}

function movedColumn({ children, ...buffers }: PackedColumn, from: ArrayBufferLike, to: ArrayBufferLike): PackedColumn {
  const moved = Object.entries(buffers).map(([name, value]) => [name, movedView(value, from, to)] as const);
  return {
    ...(Object.fromEntries(moved) as typeof buffers),
    children: children.map((child) => movedColumn(child, from, to)),
  };
}

interface ViewConstructor {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ArrayBufferView;
}

/** A view of the same place in another buffer; anything else as it is. */
export function movedView<Value>(value: Value, from: ArrayBufferLike, to: ArrayBufferLike): Value {
  if (!ArrayBuffer.isView(value) || value.buffer !== from) return value;
  const { constructor, byteOffset, length } = value as unknown as {
    readonly constructor: ViewConstructor;
    readonly byteOffset: number;
    readonly length: number;
  };
  return new constructor(to, byteOffset, length) as Value;
}

/** The batch as views of `to`, into which all that it has in `from` was copied, each byte to its place. */
export function movedBatch({ rows, columns }: PackedBatch, from: ArrayBufferLike, to: ArrayBufferLike): PackedBatch {
  return { rows, columns: columns.map((column) => movedColumn(column, from, to)) };
}

function unpackColumn(packed: PackedColumn, template: Column): Column {
  const children = packed.children.map((child, index) => unpackColumn(child, template.children[index]!));
  return { ...packed, type: template.type, layout: template.layout, children };
}

/** The reverse of {@link packBatch}; `template` gives the types ({@link emptyColumn}). */
export function unpackBatch({ rows, columns }: PackedBatch, template: readonly Column[]): ColumnBatch {
  return { rows, columns: columns.map((column, index) => unpackColumn(column, template[index]!)) };
}

function bitmapBytes({ length, children }: Column): number {
  return children.reduce((sum, child) => sum + bitmapBytes(child), bytesForBits(length) + 16);
}

/** Memory that is enough for taking all rows of these batches in any order, in bytes; a little more than is needed. */
export function takeCapacity(batches: readonly ColumnBatch[]): number {
  // Nulls of a parent reach its children, so every column may get a bitmap that its source does not have.
  return batches.reduce(
    (sum, batch) =>
      batch.columns.reduce((total, column) => total + bitmapBytes(column), sum + segmentBytes(batch, 0, batch.rows)),
    64,
  );
}
