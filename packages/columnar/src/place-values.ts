import type { Allocate } from './allocate.ts';
import { noBytes, wordsOf, type Column } from './column.ts';
import { copyShort, longEnoughForSet } from './copy-bytes.ts';

type Lanes = Uint8Array | Uint16Array | Int32Array;

const shortsOf = (bytes: Uint8Array) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);

function placeLanes<Lane extends Lanes>(out: Lane, source: Lane, places: Uint32Array): void {
  for (let row = 0; row < places.length; row++) out[places[row]!] = source[row]!;
}

/** Values of 8 bytes as two words each: integer moves keep the bits of every NaN. */
function placePairs(out: Int32Array, source: Int32Array, places: Uint32Array): void {
  for (let row = 0; row < places.length; row++) {
    const place = 2 * places[row]!;
    out[place] = source[2 * row]!;
    out[place + 1] = source[2 * row + 1]!;
  }
}

function placeWide(out: Uint8Array, source: Uint8Array, width: number, places: Uint32Array): void {
  for (let row = 0; row < places.length; row++)
    out.set(source.subarray(row * width, (row + 1) * width), places[row]! * width);
}

/** Puts value `row` of every source at `places[source][row]`. Every place from 0 to `length` must be hit once. */
export function placeFixedValues(
  sources: readonly Column[],
  width: number,
  places: readonly Uint32Array[],
  length: number,
  allocate: Allocate,
): Uint8Array {
  const out = allocate(length * width);
  for (const [index, { values = noBytes }] of sources.entries()) {
    const own = places[index]!;
    if (width === 1) placeLanes(out, values, own);
    else if (width === 2) placeLanes(shortsOf(out), shortsOf(values), own);
    else if (width === 4) placeLanes(wordsOf(out), wordsOf(values), own);
    else if (width === 8) placePairs(wordsOf(out), wordsOf(values), own);
    else if (width > 0) placeWide(out, values, width, own);
  }
  return out;
}

/**
 * The offsets of ranges put at their places: first every length where it belongs, then their sums.
 * @throws RangeError if they pass 2^31.
 */
export function placeOffsets(
  sources: readonly Column[],
  places: readonly Uint32Array[],
  length: number,
  allocate: Allocate,
): Int32Array {
  const out = wordsOf(allocate(4 * (length + 1)));
  for (const [index, { offsets }] of sources.entries()) {
    const own = places[index]!;
    for (let row = 0; row < own.length; row++) out[own[row]! + 1] = offsets![row + 1]! - offsets![row]!;
  }
  out[0] = 0;
  let end = 0;
  for (let row = 1; row <= length; row++) {
    end += out[row]!;
    out[row] = end;
  }
  if (end > 0x7fffffff)
    throw new RangeError(`A batch would hold ${end} bytes or elements in one column; the bound is 2^31.`);
  return out;
}

/** Copies the ranges of `sources` to where `offsets` ({@link placeOffsets}) says; `width` is the number of bytes per element. */
export function placeRanges(
  values: readonly Uint8Array[],
  sources: readonly Column[],
  places: readonly Uint32Array[],
  offsets: Int32Array,
  width: number,
  allocate: Allocate,
): Uint8Array {
  const out = allocate(offsets[offsets.length - 1]! * width);
  const target = new DataView(out.buffer, out.byteOffset, out.byteLength);
  for (const [index, { offsets: starts }] of sources.entries()) {
    const bytes = values[index]!;
    placeRangesOf(
      bytes,
      new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      starts!,
      places[index]!,
      offsets,
      width,
      out,
      target,
    );
  }
  return out;
}

function placeRangesOf(
  bytes: Uint8Array,
  view: DataView,
  starts: Int32Array,
  places: Uint32Array,
  offsets: Int32Array,
  width: number,
  out: Uint8Array,
  target: DataView,
): void {
  for (let row = 0; row < places.length; row++) {
    const from = starts[row]! * width;
    const length = starts[row + 1]! * width - from;
    const to = offsets[places[row]!]! * width;
    if (length >= longEnoughForSet) out.set(bytes.subarray(from, from + length), to);
    else copyShort(view, from, target, to, length);
  }
}
