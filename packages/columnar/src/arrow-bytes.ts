import type { RecordBatch } from 'apache-arrow';
import { columnsOfBatch } from './batch.ts';
import { bitAt } from './bits.ts';
import type { Column, ColumnBatch } from './column.ts';

/**
 * The size of rows as Arrow data, by a rule that depends on their values alone, so that boundaries made from it are
 * the same however the rows came together: `width` bytes for a fixed-width value, 1 for a boolean, 4 plus its bytes for a
 * string, 4 plus its elements for a list, its elements or fields for a fixed-size list or a struct, 0 for the null type.
 * Validity is not counted; a null counts like zero, like an empty string or list, like a struct of nulls.
 */
export function arrowBytes(batch: RecordBatch): number {
  return columnBatchBytes(columnsOfBatch(batch));
}

/** {@link arrowBytes} for columns. */
export function columnBatchBytes(batch: ColumnBatch): number {
  return batch.columns.reduce((sum, column) => sum + columnBytes(column), 0);
}

/** The bytes of every row by the same rule as {@link arrowBytes}: their sum is the batch's. */
export function rowBytes(batch: ColumnBatch): Float64Array {
  const out = new Float64Array(batch.rows);
  for (const column of batch.columns) addSizes(sizesOf(column), out);
  return out;
}

/** Bytes of the values of a column: one number if all take the same. */
type Sizes = number | Float64Array;

function addSizes(sizes: Sizes, out: Float64Array): void {
  if (typeof sizes === 'number') for (let row = 0; row < out.length; row++) out[row]! += sizes;
  else for (let row = 0; row < out.length; row++) out[row]! += sizes[row]!;
}

function columnBytes(column: Column): number {
  const { layout, length, validity, offsets, children } = column;
  if (validity === undefined && offsets !== undefined && (layout.kind === 'bytes' || layout.kind === 'list')) {
    const items = offsets[length]! - offsets[0]!;
    const each = layout.kind === 'bytes' ? 1 : constantBytes(children[0]!);
    if (each !== undefined) return 4 * length + items * each;
  }
  const sizes = sizesOf(column);
  return typeof sizes === 'number' ? sizes * length : sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Bytes per value where they do not depend on the value. */
function constantBytes({ layout, children }: Column): number | undefined {
  if (layout.kind === 'null') return 0;
  if (layout.kind === 'bits') return 1;
  if (layout.kind === 'fixed') return layout.width;
  if (layout.kind === 'bytes' || layout.kind === 'list') return undefined;
  const parts = children.map(constantBytes);
  if (parts.includes(undefined)) return undefined;
  const sum = (parts as number[]).reduce((total, bytes) => total + bytes, 0);
  return layout.kind === 'fixed-list' ? sum * layout.size : sum;
}

function nullBytes(column: Column): number {
  const { layout, children } = column;
  if (layout.kind === 'bytes' || layout.kind === 'list') return 4;
  if (layout.kind === 'struct') return children.reduce((sum, child) => sum + nullBytes(child), 0);
  return layout.kind === 'fixed-list' ? layout.size * nullBytes(children[0]!) : constantBytes(column)!;
}

function sizesOf(column: Column): Sizes {
  const constant = constantBytes(column);
  if (constant !== undefined) return constant;
  const { layout, length, validity, validityOffset, offsets, children } = column;
  const out = new Float64Array(length);
  if (layout.kind === 'bytes')
    for (let row = 0; row < length; row++) out[row] = 4 + offsets![row + 1]! - offsets![row]!;
  else if (layout.kind === 'struct') for (const child of children) addSizes(sizesOf(child), out);
  else addElements(column, out);
  if (validity !== undefined) {
    const empty = nullBytes(column);
    for (let row = 0; row < length; row++) if (!bitAt(validity, validityOffset + row)) out[row] = empty;
  }
  return out;
}

function addElements({ layout, offsets, children }: Column, out: Float64Array): void {
  const size = layout.kind === 'fixed-list' ? layout.size : undefined;
  const elements = sizesOf(children[0]!);
  for (let row = 0; row < out.length; row++) {
    const from = size === undefined ? offsets![row]! : row * size;
    const to = size === undefined ? offsets![row + 1]! : from + size;
    let bytes = size === undefined ? 4 : 0;
    if (typeof elements === 'number') bytes += (to - from) * elements;
    else for (let element = from; element < to; element++) bytes += elements[element]!;
    out[row] = bytes;
  }
}
