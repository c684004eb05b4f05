import { rowsOf } from '@riffle/testkit';
import { Field, Schema, type DataType } from 'apache-arrow';
import { batchOfColumns } from '../../src/batch.ts';
import { makeColumn, type Column } from '../../src/column.ts';
import { layoutOf } from '../../src/layout.ts';

/** A column of the values' bytes. `validity` has the bits of the first rows. */
export function numbers(type: DataType, values: ArrayBufferView, validity?: number): Column {
  const { layout } = makeColumn({ type, layout: layoutOf(type), length: 0 });
  const width = (layout as { readonly width: number }).width;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const length = bytes.length / width;
  return makeColumn({
    type,
    layout,
    length,
    values: bytes,
    validity: validity === undefined ? undefined : Uint8Array.of(validity),
  });
}

/** The column's rows as the testkit reads them. */
export function valuesOf(column: Column): unknown[] {
  const schema = new Schema([new Field('value', column.type, true)]);
  return rowsOf(batchOfColumns(schema, { rows: column.length, columns: [column] })).map((row) => row['value']);
}
