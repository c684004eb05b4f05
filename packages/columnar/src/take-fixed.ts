import { noBytes, wordsOf, type Column } from './column.ts';
import { byteRegion, copyBytes } from './copy-bytes.ts';
import type { Selection } from './selection.ts';

type Lanes = Uint8Array | Uint16Array | Int32Array;

function takeLanes<Lane extends Lanes>(out: Lane, sources: readonly Lane[], { which, rows }: Selection, start: number): void {
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
  const only = sources[0]!;
  for (let index = 0; index < count; index++) {
    const source = which === undefined ? only : sources[which[start + index]!]!;
    const row = 2 * rows[start + index]!;
    out[2 * index] = source[row]!;
    out[2 * index + 1] = source[row + 1]!;
  }
}

/** Takes values of `width` bytes each. */
export function takeFixedValues(sources: readonly Column[], width: number, selection: Selection, start: number, end: number): Uint8Array {
  const values = sources.map((source) => source.values ?? noBytes);
  const out = new Uint8Array((end - start) * width);
  if (width === 1) takeLanes(out, values, selection, start);
  else if (width === 2) takeLanes(new Uint16Array(out.buffer), values.map((bytes) => new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1)), selection, start);
  else if (width === 4) takeLanes(wordsOf(out), values.map(wordsOf), selection, start);
  else if (width === 8) takePairs(wordsOf(out), values.map(wordsOf), selection, start);
  else if (width > 0) {
    const regions = values.map(byteRegion);
    const target = byteRegion(out);
    const { which, rows } = selection;
    for (let index = start; index < end; index++) {
      copyBytes(regions[which === undefined ? 0 : which[index]!]!, rows[index]! * width, target, (index - start) * width, width);
    }
  }
  return out;
}
