import { BadContentError, type LossKind } from '@riffle/core';

/** What is wrong with the file as a whole. */
export const badFile = (kind: LossKind, reason: string): BadContentError => new BadContentError(reason, { kind });

/** The file is sound, and not read. */
export function unsupported(reason: string, column?: string): BadContentError {
  const details = { kind: 'unsupported', ...(column === undefined ? {} : { column }) };
  return new BadContentError(reason, details, { code: 'UNSUPPORTED_CONTENT' });
}

/** What is wrong in a row, counted from 0 in the file. */
export const badRow = (row: number, reason: string): BadContentError =>
  new BadContentError(`Row ${row}, counted from 0: ${reason}.`, { kind: 'decode', row });

/** What is wrong with a value. `path` is the way below the column, if the value is in one. */
export function badValue(row: number, column: string, reason: string, path = ''): BadContentError {
  const place = `${column}${path}`;
  return new BadContentError(`Row ${row}, counted from 0, column ${place}: ${reason}.`, {
    kind: 'decode',
    row,
    column: place,
  });
}
