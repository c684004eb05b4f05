import { badRow } from './bad-content.ts';
import type { ColumnPlan } from './column-plan.ts';
import type { RowBlock } from './read-blocks.ts';

/** Where the values of a column stand in a block: whole within its rows. */
export interface ValuePlaces {
  /** Of each row. */
  readonly starts: Uint32Array;
  /** Bytes of each row's value; undefined where all have the size of the form. */
  readonly sizes: Uint32Array | undefined;
}

/**
 * Finds the values of all columns: behind the sizes of those that have no fixed one, in order.
 * @throws BadContentError if the values of a row are not as long as the row.
 */
export function splitRows({ bytes, places, firstRow }: RowBlock, columns: readonly ColumnPlan[]): ValuePlaces[] {
  const rows = places.length - 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = columns.map(({ form }) => ({
    starts: new Uint32Array(rows),
    sizes: form.size === null ? new Uint32Array(rows) : undefined,
    size: form.size ?? 0,
  }));
  const sizeBytes = 4 * found.filter(({ sizes }) => sizes !== undefined).length;
  for (let row = 0; row < rows; row++) {
    const end = places[row + 1]!;
    let sizeAt = places[row]!;
    let at = sizeAt + sizeBytes;
    if (at > end)
      throw badRow(firstRow + row, `it has ${end - sizeAt} bytes, and the sizes of its values take ${sizeBytes}`);
    for (const { starts, sizes, size } of found) {
      starts[row] = at;
      if (sizes === undefined) at += size;
      else {
        const own = view.getUint32(sizeAt, true);
        sizes[row] = own;
        sizeAt += 4;
        at += own;
      }
      // At once, so that no place wraps.
      if (at > end) throw badRow(firstRow + row, 'its values are longer than the row');
    }
    if (at !== end) throw badRow(firstRow + row, `${end - at} bytes stand behind its last value`);
  }
  return found;
}
