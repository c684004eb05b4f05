import type { Order } from './order.ts';

/** Counts judged rows by source block (columns) and output block (rows), each of `size` equal parts. */
export function gridOf({ sources, sourceRows }: Order, size: number): Float64Array {
  const counts = new Float64Array(size * size);
  const perRow = size / sources.length;
  const perSource = size / sourceRows;
  for (let index = 0; index < sources.length; index++) {
    const row = Math.min(size - 1, Math.floor(index * perRow));
    const column = Math.min(size - 1, Math.floor(sources[index]! * perSource));
    counts[row * size + column]!++;
  }
  return counts;
}
