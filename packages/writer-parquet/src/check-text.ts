import { isUtf8 } from 'node:buffer';
import { columnsOfBatch, type Column } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { DataType, type RecordBatch } from 'apache-arrow';

/** The first byte of a character is none of these. */
const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function isValid({ offsets, values, length }: Column): boolean {
  if (offsets === undefined || values === undefined || length === 0) return true;
  if (!isUtf8(values.subarray(offsets[0], offsets[length]))) return false;
  for (let row = 0; row < length; row++)
    if (offsets[row] !== offsets[length] && isContinuation(values[offsets[row]!])) return false;
  return true;
}

function holdsInvalid(column: Column): boolean {
  if ((DataType.isUtf8(column.type) || DataType.isLargeUtf8(column.type)) && !isValid(column)) return true;
  return column.children.some(holdsInvalid);
}

/**
 * The codec is handed texts as byte strings, and does not look at them: {@link withoutText}.
 * @throws RiffleError `INTERNAL` naming the first column with text that is not UTF-8, as only a faulty reader gives it.
 */
export function checkText(batch: RecordBatch): void {
  const index = columnsOfBatch(batch).columns.findIndex(holdsInvalid);
  if (index < 0) return;
  const column = batch.schema.fields[index]!.name;
  throw new RiffleError('INTERNAL', `Column ${column} holds text that is not valid UTF-8, so it was not written.`, {
    column,
  });
}
