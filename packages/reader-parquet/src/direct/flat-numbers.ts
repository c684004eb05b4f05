import type { Allocate } from '@riffle/columnar';
import type { PlacedValues } from './flat-pages.ts';

/** Numbers of 4 or 8 bytes, a row each; 0 where there is none. */
export interface FlatNumbers extends PlacedValues {
  /** `rows * width` bytes. */
  readonly bytes: Uint8Array;
}

/** Moves numbers of `width` bytes as words. Little-endian, as all machines that Node runs on. */
function moveNumber(from: DataView, at: number, to: DataView, row: number, width: number): void {
  const place = row * width;
  to.setUint32(place, from.getUint32(at, true), true);
  if (width === 8) to.setUint32(place + 4, from.getUint32(at + 4, true), true);
}

export function createFlatNumbers(width: number, rows: number, allocate: Allocate): FlatNumbers {
  const bytes = allocate(rows * width).fill(0);
  const target = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let known: DataView | undefined;
  let size: number | undefined;
  return {
    bytes,
    dictionary(body, count) {
      if (body.length < count * width) return false;
      known = new DataView(body.buffer, body.byteOffset, body.length);
      size = count;
      return true;
    },
    dictionarySize: () => size,
    plain({ view, at, end }, rowOf, count) {
      if (end - at < count * width) return false;
      for (let index = 0; index < count; index++) moveNumber(view, at + index * width, target, rowOf[index]!, width);
      return true;
    },
    indexed(indices, rowOf, count) {
      if (known === undefined) return false;
      for (let index = 0; index < count; index++)
        moveNumber(known, indices[index]! * width, target, rowOf[index]!, width);
      return true;
    },
  };
}
