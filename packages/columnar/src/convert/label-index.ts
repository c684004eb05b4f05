import { LargeUtf8 } from 'apache-arrow';
import type { Column } from '../column.ts';
import { textColumn } from './convert-text.ts';

/** Names of labels, ready to be looked up from either side. */
export interface LabelIndex {
  /** Name i in row i. */
  readonly column: Column;
  /** The lowest number of the name that bytes `start … end` of some text are; undefined if they are none. */
  readonly numberOf: (values: Uint8Array, start: number, end: number) => number | undefined;
}

/** By the array itself: a conversion is applied to many batches, and there may be a million names. */
const known = new WeakMap<readonly string[], LabelIndex>();

/** The same for the same array, which must not change. @throws RangeError if the names pass 2^31 bytes. */
export function labelIndexOf(names: readonly string[]): LabelIndex {
  const before = known.get(names);
  if (before !== undefined) return before;
  const column = textColumn(names, new LargeUtf8());
  const index: LabelIndex = { column, numberOf: createLookUp(column) };
  known.set(names, index);
  return index;
}

/** Made at the first look-up. A Map of strings, whose hashes nobody outside can aim at: names are what a file says. */
function createLookUp(column: Column): LabelIndex['numberOf'] {
  const offsets = column.offsets!;
  let longest = 0;
  let numbers: Map<string, number> | undefined;
  const fill = () => {
    const filled = new Map<string, number>();
    for (let label = column.length - 1; label >= 0; label--) {
      longest = Math.max(longest, offsets[label + 1]! - offsets[label]!);
      filled.set(byteString(column.values!, offsets[label]!, offsets[label + 1]!), label);
    }
    return filled;
  };
  return (values, start, end) => {
    numbers ??= fill();
    return end - start > longest ? undefined : numbers.get(byteString(values, start, end));
  };
}

/** One character a byte: bytes that are no UTF-8 stay apart from all names. */
function byteString(values: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(values[at]!);
  return text;
}
