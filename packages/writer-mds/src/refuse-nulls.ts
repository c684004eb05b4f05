import { RiffleError } from '@riffle/core';
import type { Data } from 'apache-arrow';

/** Where a batch stands, for messages. */
export interface BatchPlace {
  /** The column of MDS. */
  readonly column: string;
  /** Rows of the shard before the batch. */
  readonly firstRow: number;
  /** Rows of the batch. */
  readonly rows: number;
}

const bitAt = (bytes: Uint8Array, bit: number) => (bytes[bit >> 3]! & (1 << (bit & 7))) !== 0;

/** Whether the value at an index is null; undefined if none is. */
function nullTest(data: Data): ((index: number) => boolean) | undefined {
  const { nullBitmap, offset } = data as { readonly nullBitmap?: Uint8Array; readonly offset: number };
  if (nullBitmap === undefined || nullBitmap.length === 0) return undefined;
  return (index) => !bitAt(nullBitmap, offset + index);
}

function nullProblem({ column, firstRow }: BatchPlace, row: number, what: string): RiffleError {
  return new RiffleError(
    'UNSUPPORTED_CONTENT',
    `Column ${column} ${what} in row ${firstRow + row} of the shard, counted from 0, and MDS has no null. Name the column in the option json of the writer, so that it is written as JSON, which has null; or fill in the value, or leave the column out.`,
    { column, row: firstRow + row },
  );
}

/** @throws RiffleError `UNSUPPORTED_CONTENT` for the first value that is null. */
export function refuseNulls(data: Data, place: BatchPlace): void {
  const isNull = nullTest(data);
  if (isNull === undefined) return;
  for (let row = 0; row < place.rows; row++) if (isNull(row)) throw nullProblem(place, row, 'is null');
}

/** The same for the elements of one row's list, by their indexes in `items`. */
export function refuseNullItems(items: Data, place: BatchPlace): (row: number, start: number, end: number) => void {
  const isNull = nullTest(items);
  if (isNull === undefined) return () => undefined;
  return (row, start, end) => {
    for (let index = start; index < end; index++)
      if (isNull(index)) throw nullProblem(place, row, 'has a null in its list');
  };
}
