import { bitAt, countBits } from './bits.ts';
import { bitmapWords, firstElement, steadyChild, steadyWords } from './canonical-shape.ts';
import type { Column, ColumnBatch } from './column.ts';

/** Words per value: one number if all values of the column take the same. Counts nulls too; the caller leaves them out. */
export type WordCounts = number | Uint32Array;

export function countAt(counts: WordCounts, index: number): number {
  return typeof counts === 'number' ? counts : counts[index]!;
}

/** Words of rows `from … to` (index 0 is row `from`), each as a struct of all columns. */
export function measureRows({ columns }: ColumnBatch, from: number, to: number): WordCounts {
  return measureFields(columns, from, to);
}

/** Words of values `from … to` of a column. */
export function measureColumn(column: Column, from: number, to: number): WordCounts {
  const steady = steadyWords(column);
  if (steady !== undefined) return steady;
  if (column.layout.kind === 'struct') return measureFields(column.children, from, to);
  const counts = new Uint32Array(to - from);
  addWords(column, from, to, counts);
  return counts;
}

function measureFields(fields: readonly Column[], from: number, to: number): WordCounts {
  let steady = bitmapWords(fields.length);
  const varying: Column[] = [];
  for (const field of fields) {
    const words = steadyChild(field);
    if (words === undefined) varying.push(field);
    else steady += words;
  }
  if (varying.length === 0) return steady;
  const counts = new Uint32Array(to - from).fill(steady);
  for (const field of varying) {
    if (field.validity === undefined && field.layout.kind !== 'struct') addWords(field, from, to, counts);
    else addValidWords(field, measureColumn(field, from, to), from, to, counts);
  }
  return counts;
}

function addValidWords(
  { validity, validityOffset }: Column,
  words: WordCounts,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  for (let row = from; row < to; row++) {
    if (validity !== undefined && !bitAt(validity, validityOffset + row)) continue;
    counts[row - from]! += countAt(words, row - from);
  }
}

/** Adds the words of strings and lists, null or not. */
function addWords(column: Column, from: number, to: number, counts: Uint32Array): void {
  if (column.layout.kind === 'bytes') {
    const offsets = column.offsets!;
    for (let row = from; row < to; row++) counts[row - from]! += 1 + ((offsets[row + 1]! - offsets[row]! + 3) >>> 2);
  } else {
    addListWords(column, from, to, counts);
  }
}

function addListWords(column: Column, from: number, to: number, counts: Uint32Array): void {
  const child = column.children[0]!;
  const { validity, validityOffset } = child;
  const first = firstElement(column, from);
  const words = measureColumn(child, first, firstElement(column, to));
  for (let row = from; row < to; row++) {
    const start = firstElement(column, row);
    const end = firstElement(column, row + 1);
    let sum = 1 + bitmapWords(end - start);
    if (typeof words === 'number') {
      sum += words * (validity === undefined ? end - start : countBits(validity, validityOffset + start, end - start));
    } else {
      for (let element = start; element < end; element++) {
        if (validity === undefined || bitAt(validity, validityOffset + element)) sum += words[element - first]!;
      }
    }
    counts[row - from]! += sum;
  }
}
