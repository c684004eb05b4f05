import type { OperationOptions, ReadableFile } from '@riffle/core';
import { badRow } from './bad-content.ts';
import { numberBytes, placeOfRow, type ShardHeader } from './read-header.ts';

/** Rows as they stand in the file, side by side. */
export interface RowBlock {
  readonly bytes: Uint8Array;
  /** Where in `bytes` each row begins, and the last one ends. */
  readonly places: Uint32Array;
  /** The first row's number in the file. */
  readonly firstRow: number;
}

/** Places are read so many at a time: half a megabyte. */
const rowsAtOnce = 2 ** 17;

/** @throws BadContentError for places that are not in order, or not in the file. */
async function readPlaces(
  file: ReadableFile,
  { dataStart }: ShardHeader,
  first: number,
  count: number,
  options: OperationOptions,
): Promise<Uint32Array> {
  const bytes = await file.read(placeOfRow(first), numberBytes * (count + 1), options);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = new Uint32Array(count + 1);
  let before = dataStart;
  for (let index = 0; index <= count; index++) {
    const place = view.getUint32(index * numberBytes, true);
    if (place < before || place > file.size)
      throw badRow(first + index, 'its place is before that of another one, or out of the file');
    places[index] = before = place;
  }
  return places;
}

/** Rows from `first` up to `last`, in blocks of about so many bytes, or of one row. */
export async function* readBlocks(
  file: ReadableFile,
  header: ShardHeader,
  { first, last }: { readonly first: number; readonly last: number },
  blockBytes: number,
  options: OperationOptions,
): AsyncGenerator<RowBlock> {
  for (let row = first; row < last; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, last - row);
    const places = await readPlaces(file, header, row, count, options);
    for (let from = 0; from < count;) {
      const start = places[from]!;
      let to = from + 1;
      while (to < count && places[to + 1]! - start <= blockBytes) to++;
      options.signal?.throwIfAborted();
      yield {
        bytes: await file.read(start, places[to]! - start, options),
        places: places.subarray(from, to + 1).map((place) => place - start),
        firstRow: row + from,
      };
      from = to;
    }
  }
}
