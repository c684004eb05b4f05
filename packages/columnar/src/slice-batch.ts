import { makeColumn, type Column, type ColumnBatch } from './column.ts';

/** Rows `start … end` of a column as views of its buffers. */
export function sliceColumn(column: Column, start: number, end: number): Column {
  const { layout, offsets, values, children } = column;
  const slice = { ...column, length: end - start, validityOffset: column.validityOffset + start };
  switch (layout.kind) {
    case 'bits':
      return makeColumn({ ...slice, valuesOffset: column.valuesOffset + start });
    case 'fixed':
      return makeColumn({ ...slice, values: values?.subarray(start * layout.width, end * layout.width) });
    case 'bytes':
    case 'list':
      return makeColumn({ ...slice, offsets: offsets?.subarray(start, end + 1) });
    case 'fixed-list':
      return makeColumn({
        ...slice,
        children: children.map((child) => sliceColumn(child, start * layout.size, end * layout.size)),
      });
    case 'struct':
      return makeColumn({ ...slice, children: children.map((child) => sliceColumn(child, start, end)) });
    default:
      return makeColumn(slice);
  }
}

/** Rows `start … end` of a batch as views of its buffers. */
export function sliceBatch({ columns }: ColumnBatch, start: number, end: number): ColumnBatch {
  return { rows: end - start, columns: columns.map((column) => sliceColumn(column, start, end)) };
}
