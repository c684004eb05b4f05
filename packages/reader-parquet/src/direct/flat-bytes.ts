import { isUtf8 } from 'node:buffer';
import type { Allocate } from '@riffle/columnar';
import { cursorOver, type ByteCursor } from './byte-cursor.ts';
import type { PlacedValues } from './flat-pages.ts';

/** Texts or byte strings, a row each; empty where there is none. */
export interface FlatBytes extends PlacedValues {
  /** Puts them one behind the other. Undefined if together they are larger than `most` bytes. */
  gather(most: number): { readonly offsets: Int32Array; readonly values: Uint8Array } | undefined;
}

/** Values by where they lie. */
interface Ranges {
  readonly memory: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
}

/** From this many bytes on, `set` with its temporary view beats a loop. */
const LONG = 32;

function isText({ memory, starts, lengths }: Ranges, index: number): boolean {
  const start = starts[index]!;
  const end = start + lengths[index]!;
  for (let at = start; at < end; at++) if (memory[at]! >= 0x80) return isUtf8(memory.subarray(start, end));
  return true;
}

/** The places of `count` values, each behind its length. Undefined if they end before, or one must be a text and is none. */
function rangesOf({ view, at: first, end }: ByteCursor, count: number, areTexts: boolean): Ranges | undefined {
  // Each takes 4 bytes at least, so nothing is allocated for what is only declared.
  if (4 * count > end - first) return undefined;
  const memory = new Uint8Array(view.buffer);
  const ranges: Ranges = { memory, starts: new Uint32Array(count), lengths: new Uint32Array(count) };
  let at = first;
  for (let index = 0; index < count; index++) {
    if (at + 4 > end) return undefined;
    const length = view.getUint32(at, true);
    at += 4;
    if (length > end - at) return undefined;
    ranges.starts[index] = at;
    ranges.lengths[index] = length;
    at += length;
    if (areTexts && !isText(ranges, index)) return undefined;
  }
  return ranges;
}

/** @param areTexts whether to refuse what is not UTF-8, also in values of a dictionary that no row has. */
export function createFlatBytes(areTexts: boolean, rows: number, allocate: Allocate): FlatBytes {
  const sources = new Array<Uint8Array>(rows);
  const starts = new Uint32Array(rows);
  const lengths = new Uint32Array(rows);
  let known: Ranges | undefined;

  const put = (row: number, ranges: Ranges, index: number): void => {
    sources[row] = ranges.memory;
    starts[row] = ranges.starts[index]!;
    lengths[row] = ranges.lengths[index]!;
  };

  return {
    dictionary(body, count) {
      known = rangesOf(cursorOver(body), count, areTexts);
      return known !== undefined;
    },
    dictionarySize: () => known?.starts.length,
    plain(cursor, rowOf, count) {
      const ranges = rangesOf(cursor, count, areTexts);
      if (ranges === undefined) return false;
      for (let place = 0; place < count; place++) put(rowOf[place]!, ranges, place);
      return true;
    },
    indexed(indices, rowOf, count) {
      if (known === undefined) return false;
      for (let place = 0; place < count; place++) put(rowOf[place]!, known, indices[place]!);
      return true;
    },
    gather(most) {
      let total = 0;
      for (let row = 0; row < rows; row++) total += lengths[row]!;
      if (total > most) return undefined;
      const words = allocate(4 * (rows + 1));
      const offsets = new Int32Array(words.buffer, words.byteOffset, rows + 1);
      const values = allocate(total);
      let to = 0;
      for (let row = 0; row < rows; row++) {
        offsets[row] = to;
        const length = lengths[row]!;
        if (length === 0) continue;
        const source = sources[row]!;
        const start = starts[row]!;
        if (length >= LONG) values.set(source.subarray(start, start + length), to);
        else for (let index = 0; index < length; index++) values[to + index] = source[start + index]!;
        to += length;
      }
      offsets[rows] = to;
      return { offsets, values };
    },
  };
}
