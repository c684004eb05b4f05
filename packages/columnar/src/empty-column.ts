import type { DataType, Field } from 'apache-arrow';
import { makeColumn, noBytes, type Column } from './column.ts';
import { layoutOf } from './layout.ts';

/** A column of no rows. */
export function emptyColumn(type: DataType): Column {
  const children = ((type.children ?? []) as Field[]).map((field) => emptyColumn(field.type));
  return makeColumn({ type, layout: layoutOf(type), length: 0, offsets: new Int32Array(1), values: noBytes, children });
}
