import { bitAt } from './bits.ts';
import { noBytes, type Column } from './column.ts';
import { byteRegion, copyBytes } from './copy-bytes.ts';
import type { Selection } from './selection.ts';

/**
 * Offsets of the taken rows, from 0: the lengths of the sources' ranges added up, null rows with length 0.
 * @throws RangeError if they pass 2^31.
 */
export function takeOffsets(sources: readonly Column[], { which, rows }: Selection, start: number, end: number, validity: Uint8Array | undefined): Int32Array {
  const all = sources.map((source) => source.offsets!);
  const out = new Int32Array(end - start + 1);
  let at = 0;
  for (let index = start; index < end; index++) {
    const offsets = all[which === undefined ? 0 : which[index]!]!;
    const row = rows[index]!;
    if (validity === undefined || bitAt(validity, index - start)) at += offsets[row + 1]! - offsets[row]!;
    out[index - start + 1] = at;
  }
  if (at > 0x7fffffff) throw new RangeError(`A batch would hold ${at} bytes or elements in one column; the bound is 2^31.`);
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
): Uint8Array {
  const regions = values.map(byteRegion);
  const starts = sources.map((source) => source.offsets!);
  const count = offsets.length - 1;
  const out = new Uint8Array(offsets[count]! * width);
  const target = byteRegion(out);
  for (let index = 0; index < count; index++) {
    const length = offsets[index + 1]! - offsets[index]!;
    if (length === 0) continue;
    const source = which === undefined ? 0 : which[start + index]!;
    copyBytes(regions[source]!, starts[source]![rows[start + index]!]! * width, target, offsets[index]! * width, length * width);
  }
  return out;
}

export function takeByteValues(sources: readonly Column[], selection: Selection, start: number, offsets: Int32Array): Uint8Array {
  return takeRanges(sources.map((source) => source.values ?? noBytes), sources, selection, start, offsets, 1);
}
