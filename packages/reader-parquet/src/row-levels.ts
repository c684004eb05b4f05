import { DataType, type Data, type FixedSizeList, type RecordBatch } from 'apache-arrow';

/**
 * Levels are what a Parquet column chunk counts as values: one for every element of a list, and one for every null or empty
 * list. Counting them in decoded rows tells where in the pages a row begins, which the pages of a list column do not say.
 */

/** The arrays from a top-level column down to each leaf, in the order of leaves. A dictionary is a leaf. */
export function leafChains(batch: RecordBatch): Data[][] {
  const below = (data: Data): Data[][] =>
    data.children.length === 0
      ? [[data]]
      : data.children.flatMap((child) => below(child).map((chain) => [data, ...chain]));
  return batch.data.children.flatMap(below);
}

/** Running sums, one more than there are counts. */
function starts(counts: Float64Array): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let index = 0; index < counts.length; index++) sums[index + 1] = sums[index]! + counts[index]!;
  return sums;
}

/** Levels that each element of the chain's first array takes; undefined where each takes one. */
function levelsOf([data, ...rest]: readonly Data[]): Float64Array | undefined {
  if (data === undefined || rest.length === 0) return undefined;
  const inner = levelsOf(rest);
  if (DataType.isStruct(data.type)) {
    // A null takes one level, also where a fixed-size list that is never null takes its full size below it.
    if (inner !== undefined && data.nullCount > 0)
      for (let index = 0; index < data.length; index++) if (!data.getValid(index)) inner[index] = 1;
    return inner;
  }
  const sums = inner === undefined ? undefined : starts(inner);
  const between = (from: number, to: number): number =>
    Math.max(1, sums === undefined ? to - from : sums[to]! - sums[from]!);
  const counts = new Float64Array(data.length);
  if (DataType.isFixedSizeList(data.type)) {
    const size = (data.type as FixedSizeList).listSize;
    for (let index = 0; index < counts.length; index++)
      counts[index] = data.getValid(index) ? between(index * size, (index + 1) * size) : 1;
  } else {
    const offsets = data.valueOffsets as ArrayLike<number | bigint>;
    for (let index = 0; index < counts.length; index++)
      counts[index] = between(Number(offsets[index]), Number(offsets[index + 1]));
  }
  return counts;
}

/** Level at which each row of a leaf begins, from 0, and at last where they end: one more than there are rows. */
export function rowStarts(chain: readonly Data[]): Float64Array {
  return starts(levelsOf(chain) ?? new Float64Array(chain[0]!.length).fill(1));
}
