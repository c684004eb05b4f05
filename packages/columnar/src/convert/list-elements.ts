import { bytesForBits } from '../bits.ts';
import type { Column } from '../column.ts';
import { sliceColumn } from '../slice-batch.ts';
import { isPresent, masked } from './presence.ts';

/** The lists of a column without what lies before the first and behind the last: list r is elements `offsets[r] … offsets[r + 1]`. */
export interface ListElements {
  /** From 0. */
  readonly offsets: Int32Array;
  /** Null also inside of lists that are null. */
  readonly elements: Column;
}

export function listElements(column: Column): ListElements {
  const offsets = column.layout.kind === 'fixed-list' ? steadyOffsets(column, column.layout.size) : column.offsets!;
  const first = offsets[0]!;
  const last = offsets[column.length]!;
  const child = column.children[0]!;
  const elements = first === 0 && last === child.length ? child : sliceColumn(child, first, last);
  const fromZero = first === 0 ? offsets : offsets.map((offset) => offset - first);
  return { offsets: fromZero, elements: masked(elements, maskOfElements(column, fromZero), 0) };
}

function steadyOffsets({ length }: Column, size: number): Int32Array {
  const offsets = new Int32Array(length + 1);
  for (let row = 0; row <= length; row++) offsets[row] = row * size;
  return offsets;
}

/** Bits of the elements that belong to a list; undefined if all do. */
function maskOfElements(column: Column, offsets: Int32Array): Uint8Array | undefined {
  if (column.validity === undefined) return undefined;
  const count = offsets[column.length]!;
  let bits: Uint8Array | undefined;
  for (let row = 0; row < column.length; row++) {
    const start = offsets[row]!;
    const end = offsets[row + 1]!;
    if (start === end || isPresent(column, row)) continue;
    bits ??= new Uint8Array(bytesForBits(count)).fill(255);
    for (let index = start; index < end; index++) bits[index >> 3]! &= ~(1 << (index & 7));
  }
  return bits;
}

/** The list that element `index` belongs to: the last one that starts at it or before. */
export function rowOfElement(offsets: Int32Array, index: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= index) low = middle;
    else high = middle;
  }
  return low;
}
