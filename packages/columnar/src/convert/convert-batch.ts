import { RiffleError } from '@riffle/core';
import type { Schema } from 'apache-arrow';
import type { ColumnBatch } from '../column.ts';
import type { ColumnConversion } from './conversion.ts';
import { convertColumns } from './convert-column.ts';

/**
 * A batch of the schema's columns: column i made as `columns[i]` says. Shares what need not change with the source.
 * @param firstRow The number of the batch's first row in its file, for errors.
 * @throws As `convertColumn`, for the lowest row in which a value of any column cannot be converted.
 */
export function convertBatch(
  batch: ColumnBatch,
  schema: Schema,
  columns: readonly ColumnConversion[],
  firstRow = 0,
): ColumnBatch {
  if (columns.length !== schema.fields.length)
    throw new RiffleError(
      'INTERNAL',
      `There are ${columns.length} conversions for the ${schema.fields.length} columns of a schema.`,
    );
  const { rows } = batch;
  const named = columns.map(({ source, conversion }, index) => {
    const { name, type } = schema.fields[index]!;
    return { column: source === undefined ? undefined : batch.columns[source], target: type, conversion, name };
  });
  return { rows, columns: convertColumns(named, rows, firstRow) };
}
