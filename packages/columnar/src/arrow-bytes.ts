import type { RecordBatch } from 'apache-arrow';
import { columnsOfBatch } from './batch.ts';
import type { Column, ColumnBatch } from './column.ts';

/**
 * The size of rows as Arrow data, by a rule that depends on their values alone, so that boundaries made from it are
 * the same however the rows came together: `width` bytes for a fixed-width value, 1 for a boolean, 4 plus its bytes for a
 * string, 4 plus its elements for a list, 0 for the null type; validity is not counted, and a null counts what it occupies.
 */
export function arrowBytes(batch: RecordBatch): number {
  return columnBatchBytes(columnsOfBatch(batch));
}

/** {@link arrowBytes} for columns. */
export function columnBatchBytes(batch: ColumnBatch): number {
  return batch.columns.reduce((sum, column) => sum + rangeBytes(column, 0, column.length), 0);
}

/** Bytes of rows `start … end` of one column. */
function rangeBytes(column: Column, start: number, end: number): number {
  const { layout, offsets, children } = column;
  const rows = end - start;
  switch (layout.kind) {
    case 'bits':
      return rows;
    case 'fixed':
      return rows * layout.width;
    case 'bytes':
      return 4 * rows + offsets![end]! - offsets![start]!;
    case 'list':
      return 4 * rows + rangeBytes(children[0]!, offsets![start]!, offsets![end]!);
    case 'fixed-list':
      return rangeBytes(children[0]!, start * layout.size, end * layout.size);
    case 'struct':
      return children.reduce((sum, child) => sum + rangeBytes(child, start, end), 0);
    default:
      return 0;
  }
}

/** The bytes of every row by the same rule as {@link arrowBytes}: their sum is the batch's. */
export function rowBytes(batch: ColumnBatch): Float64Array {
  const out = new Float64Array(batch.rows);
  for (const column of batch.columns) addRowBytes(column, out);
  return out;
}

/** Bytes per value where they do not depend on the value. */
function constantBytes(column: Column): number | undefined {
  const { layout, children } = column;
  if (layout.kind === 'null') return 0;
  if (layout.kind === 'bits') return 1;
  if (layout.kind === 'fixed') return layout.width;
  if (layout.kind === 'bytes' || layout.kind === 'list') return undefined;
  const parts = children.map(constantBytes);
  if (parts.includes(undefined)) return undefined;
  const sum = (parts as number[]).reduce((total, bytes) => total + bytes, 0);
  return layout.kind === 'fixed-list' ? sum * layout.size : sum;
}

function addRowBytes(column: Column, out: Float64Array): void {
  const { layout, offsets, children } = column;
  const constant = constantBytes(column);
  if (constant !== undefined) {
    for (let row = 0; row < out.length; row++) out[row]! += constant;
  } else if (layout.kind === 'bytes') {
    for (let row = 0; row < out.length; row++) out[row]! += 4 + offsets![row + 1]! - offsets![row]!;
  } else if (layout.kind === 'struct') {
    for (const child of children) addRowBytes(child, out);
  } else if (layout.kind === 'list' || layout.kind === 'fixed-list') {
    const child = children[0]!;
    const elements = constantBytes(child) ?? elementBytes(child);
    for (let row = 0; row < out.length; row++) {
      const from = layout.kind === 'list' ? offsets![row]! : row * layout.size;
      const to = layout.kind === 'list' ? offsets![row + 1]! : from + layout.size;
      let bytes = layout.kind === 'list' ? 4 : 0;
      if (typeof elements === 'number') bytes += (to - from) * elements;
      else for (let element = from; element < to; element++) bytes += elements[element]!;
      out[row]! += bytes;
    }
  }
}

function elementBytes(child: Column): Float64Array {
  const out = new Float64Array(child.length);
  addRowBytes(child, out);
  return out;
}
