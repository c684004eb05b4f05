import type { Allocate } from './allocate.ts';
import { bitAt } from './bits.ts';
import { noBytes, wordsOf, type Column } from './column.ts';
import { copyShort, longEnoughForSet } from './copy-bytes.ts';
import type { Selection } from './selection.ts';

/**
 * Offsets of the taken rows, from 0: the lengths of the sources' ranges added up, null rows with length 0.
 * @throws RangeError if they pass 2^31.
 */
export function takeOffsets(
  sources: readonly Column[],
  { which, rows }: Selection,
  start: number,
  end: number,
  validity: Uint8Array | undefined,
  allocate: Allocate,
): Int32Array {
  const all = sources.map((source) => source.offsets!);
  const count = end - start;
  const out = wordsOf(allocate(4 * (count + 1)));
  let at = 0;
  out[0] = 0;
  for (let index = 0; index < count; index++) {
    const offsets = all[which === undefined ? 0 : which[start + index]!]!;
    const row = rows[start + index]!;
    if (validity === undefined || bitAt(validity, index)) at += offsets[row + 1]! - offsets[row]!;
    out[index + 1] = at;
  }
  if (at > 0x7fffffff)
    throw new RangeError(`A batch would hold ${at} bytes or elements in one column; the bound is 2^31.`);
  return out;
}

/**
 * Copies the ranges that `offsets` was made from, one after the other. `width` is the number of bytes per
 * element of the range: 1 for strings, the value width for lists of fixed-width values.
 */
export function takeRanges(
  values: readonly Uint8Array[],
  sources: readonly Column[],
  { which, rows }: Selection,
  start: number,
  offsets: Int32Array,
  width: number,
  allocate: Allocate,
): Uint8Array {
  const views = values.map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const starts = sources.map((source) => source.offsets!);
  const count = offsets.length - 1;
  const out = allocate(offsets[count]! * width);
  const target = new DataView(out.buffer, out.byteOffset, out.byteLength);
  for (let index = 0; index < count; index++) {
    const to = offsets[index]! * width;
    const length = offsets[index + 1]! * width - to;
    if (length === 0) continue;
    const source = which === undefined ? 0 : which[start + index]!;
    const from = starts[source]![rows[start + index]!]! * width;
    if (length >= longEnoughForSet) out.set(values[source]!.subarray(from, from + length), to);
    else copyShort(views[source]!, from, target, to, length);
  }
  return out;
}

export function takeByteValues(
  sources: readonly Column[],
  selection: Selection,
  start: number,
  offsets: Int32Array,
  allocate: Allocate,
): Uint8Array {
  return takeRanges(
    sources.map((source) => source.values ?? noBytes),
    sources,
    selection,
    start,
    offsets,
    1,
    allocate,
  );
}
