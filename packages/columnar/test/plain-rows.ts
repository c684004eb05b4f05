import { Schema, type Data, type RecordBatch } from 'apache-arrow';
import { rowsOf, type CanonicalRow } from '@riffle/testkit';
import { batchOfColumns } from '../src/batch.ts';
import type { Column, ColumnBatch } from '../src/column.ts';
import { fingerprintHex } from '../src/fingerprint-sums.ts';
import { fingerprintRows } from '../src/fingerprint.ts';
import { plainField } from '../src/plain-type.ts';

/** The schema of a batch's columns: dictionaries and views as their values. */
export function plainSchema(schema: Schema): Schema {
  return new Schema(schema.fields.map(plainField), schema.metadata);
}

/** Columns that came from batches of `schema`, as the naive model sees them. */
export function rowsOfColumns(schema: Schema, columns: ColumnBatch): CanonicalRow[] {
  return rowsOf(batchOfColumns(plainSchema(schema), columns));
}

/** Every buffer of a batch in depth-first order, by its bytes: equal for two batches exactly if nothing in memory tells them apart. */
export function buffersOf(batch: RecordBatch): readonly (readonly string[])[] {
  const visit = (data: Data): readonly (readonly string[])[] => [
    [
      String(data.type),
      `${data.length} rows, ${data.nullCount} nulls from ${data.offset}`,
      ...[data.valueOffsets, data.values, data.nullBitmap].map(hexOf),
    ],
    ...data.children.flatMap(visit),
  ];
  return batch.data.children.flatMap(visit);
}

function hexOf(buffer: unknown): string {
  const view = buffer as ArrayBufferView | undefined;
  return view === undefined ? 'none' : Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
}

/** All memory that columns refer to. */
export function bytesUnder(batch: ColumnBatch): Uint8Array[] {
  const visit = ({ validity, offsets, values, children }: Column): Uint8Array[] => [
    ...[validity, values].filter((bytes) => bytes !== undefined),
    ...(offsets === undefined ? [] : [new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength)]),
    ...children.flatMap(visit),
  ];
  return batch.columns.flatMap(visit);
}

/** The fingerprint of every row, as in the docs. */
export function fingerprintsOf(batch: ColumnBatch): string[] {
  const words = new Uint32Array(4 * batch.rows);
  fingerprintRows(batch, words);
  return Array.from({ length: batch.rows }, (_, row) => fingerprintHex(words, row));
}
