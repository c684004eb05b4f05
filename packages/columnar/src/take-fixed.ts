import type { Allocate } from './allocate.ts';
import { bitAt, bytesForBits } from './bits.ts';
import { noBytes, wordsOf, type Column } from './column.ts';
import { copyShort } from './copy-bytes.ts';
import { gatherBits } from './gather-bits.ts';
import type { Selection } from './selection.ts';

type Lanes = Uint8Array | Uint16Array | Int32Array;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const shortsOf = (bytes: Uint8Array) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);

function takeLanes<Lane extends Lanes>(
  out: Lane,
  sources: readonly Lane[],
  { which, rows }: Selection,
  start: number,
): void {
  const count = out.length;
  if (which === undefined) {
    const source = sources[0]!;
    for (let index = 0; index < count; index++) out[index] = source[rows[start + index]!]!;
  } else {
    for (let index = 0; index < count; index++) out[index] = sources[which[start + index]!]![rows[start + index]!]!;
  }
}

/** Values of 8 bytes as two words each: integer moves keep the bits of every NaN. */
function takePairs(out: Int32Array, sources: readonly Int32Array[], { which, rows }: Selection, start: number): void {
  const count = out.length >> 1;
  if (which === undefined) {
    const source = sources[0]!;
    for (let index = 0; index < count; index++) {
      const row = 2 * rows[start + index]!;
      out[2 * index] = source[row]!;
      out[2 * index + 1] = source[row + 1]!;
    }
  } else {
    for (let index = 0; index < count; index++) {
      const source = sources[which[start + index]!]!;
      const row = 2 * rows[start + index]!;
      out[2 * index] = source[row]!;
      out[2 * index + 1] = source[row + 1]!;
    }
  }
}

function takeWide(
  out: Uint8Array,
  sources: readonly Uint8Array[],
  width: number,
  { which, rows }: Selection,
  start: number,
  validity: Uint8Array | undefined,
): void {
  const views = sources.map(viewOf);
  const target = viewOf(out);
  const count = out.length / width;
  for (let index = 0; index < count; index++) {
    // A null's row may be outside its source: the null index of an empty dictionary.
    if (validity !== undefined && !bitAt(validity, index)) continue;
    copyShort(
      views[which === undefined ? 0 : which[start + index]!]!,
      rows[start + index]! * width,
      target,
      index * width,
      width,
    );
  }
}

/** Takes values of `width` bytes each; zeros where the result is null. */
export function takeFixedValues(
  sources: readonly Column[],
  width: number,
  selection: Selection,
  start: number,
  end: number,
  validity: Uint8Array | undefined,
  allocate: Allocate,
): Uint8Array {
  const values = sources.map((source) => source.values ?? noBytes);
  const out = allocate((end - start) * width);
  if (width === 1) takeLanes(out, values, selection, start);
  else if (width === 2) takeLanes(shortsOf(out), values.map(shortsOf), selection, start);
  else if (width === 4) takeLanes(wordsOf(out), values.map(wordsOf), selection, start);
  else if (width === 8) takePairs(wordsOf(out), values.map(wordsOf), selection, start);
  else if (width > 0) takeWide(out, values, width, selection, start, validity);
  if (validity !== undefined) clearNulls(out, width, validity, end - start);
  return out;
}

function clearNulls(out: Uint8Array, width: number, validity: Uint8Array, count: number): void {
  for (let index = 0; index < count; index++) {
    // Eight rows at a time where none is null.
    if ((index & 7) === 0 && validity[index >> 3] === 0xff) index += 7;
    else if (!bitAt(validity, index)) for (let at = index * width; at < (index + 1) * width; at++) out[at] = 0;
  }
}

/** Takes single bits; zeros where the result is null. */
export function takeBits(
  sources: readonly Column[],
  selection: Selection,
  start: number,
  end: number,
  validity: Uint8Array | undefined,
  allocate: Allocate,
): Uint8Array {
  const out = allocate(bytesForBits(end - start));
  gatherBits(
    out,
    sources.map((source) => ({ bits: source.values ?? noBytes, offset: source.valuesOffset })),
    selection,
    start,
    end - start,
  );
  if (validity !== undefined) for (let index = 0; index < out.length; index++) out[index]! &= validity[index]!;
  return out;
}
