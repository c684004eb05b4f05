import { Data, RecordBatch, Struct, type Schema } from 'apache-arrow';
import { columnFromData } from './column-from-data.ts';
import type { ColumnBatch } from './column.ts';
import { dataFromColumn } from './data-from-column.ts';

/** The columns of a record batch as views of its buffers, in the batch's order or as `order` lists their indices. */
export function columnsOfBatch(batch: RecordBatch, order?: readonly number[]): ColumnBatch {
  const children = batch.data.children;
  const indices = order ?? children.map((_, index) => index);
  return { rows: batch.numRows, columns: indices.map((index) => columnFromData(children[index]!)) };
}

/** A record batch that shares the columns' buffers. The columns must be those of the schema, in its order. */
export function batchOfColumns(schema: Schema, { rows, columns }: ColumnBatch): RecordBatch {
  const data = new Data(
    new Struct(schema.fields),
    0,
    rows,
    0,
    [undefined, undefined, undefined, undefined] as never,
    columns.map(dataFromColumn),
  );
  return new RecordBatch(schema, data as never);
}
