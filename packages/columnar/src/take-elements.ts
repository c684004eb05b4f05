import { bitAt, bytesForBits } from './bits.ts';
import type { Column } from './column.ts';
import type { Mask, Selection } from './selection.ts';

/** The elements of taken lists, as a selection of the sources' children. `offsets` are those of the result. */
export function elementsOfLists(
  sources: readonly Column[],
  { which, rows }: Selection,
  start: number,
  offsets: Int32Array,
): Selection {
  const length = offsets[offsets.length - 1]!;
  const elements = { which: which === undefined ? undefined : new Uint32Array(length), rows: new Uint32Array(length) };
  for (let index = 0; index + 1 < offsets.length; index++) {
    if (offsets[index] === offsets[index + 1]) continue;
    const source = which === undefined ? 0 : which[start + index]!;
    let from = sources[source]!.offsets![rows[start + index]!]!;
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) {
      elements.rows[at] = from++;
      if (elements.which !== undefined) elements.which[at] = source;
    }
  }
  return elements;
}

/** The elements of taken lists of `size` elements each. */
export function elementsOfFixedLists({ which, rows }: Selection, size: number, start: number, end: number): Selection {
  const length = (end - start) * size;
  const elements = { which: which === undefined ? undefined : new Uint32Array(length), rows: new Uint32Array(length) };
  for (let index = start, at = 0; index < end; index++) {
    for (let element = 0; element < size; element++, at++) {
      elements.rows[at] = rows[index]! * size + element;
      if (elements.which !== undefined) elements.which[at] = which![index]!;
    }
  }
  return elements;
}

/** Masks the elements of null lists: each of `count` bits `size` times. */
export function maskOfFixedLists(validity: Uint8Array | undefined, count: number, size: number): Mask | undefined {
  if (validity === undefined) return undefined;
  const bits = new Uint8Array(bytesForBits(count * size));
  for (let row = 0, at = 0; row < count; row++) {
    const valid = bitAt(validity, row);
    for (let element = 0; element < size; element++, at++) if (valid) bits[at >> 3]! |= 1 << (at & 7);
  }
  return { validity: bits, validityOffset: 0 };
}
