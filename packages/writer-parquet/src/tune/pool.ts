import { columnsOfBatch, takeBatch, type ColumnBatch } from '@riffle/columnar';
import type { TuningSample } from '@riffle/core';

/** Sample rows in the order in which an output shard would have them: all collections mixed, nothing sorted. */
export interface Pool {
  readonly rows: number;
  /** The first rows of the pool, of some columns only. */
  take(columns: readonly number[], rows: number): ColumnBatch;
}

/** So many rows a collection contributes at least, if it has them, even where another collection's sample is short. */
const LEAST_ROWS = 4096;

/** 32-bit linear congruential generator (Numerical Recipes): the order must be mixed, not unpredictable. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * Pools the samples in proportion to the rows they stand for and mixes them in a fixed order. Samples come in source order, in
 * which identifiers ascend and labels repeat; encodings chosen from that would be wrong for shuffled rows.
 */
export function createPool(samples: readonly TuningSample[]): Pool {
  const total = samples.reduce((sum, sample) => sum + sample.rows, 0) || 1;
  const shares = samples.map((sample) => sample.rows / total);
  const balanced = Math.min(
    ...samples.map((sample, index) => (shares[index]! > 0 ? sample.batch.numRows / shares[index]! : Infinity)),
  );
  const counts = samples.map((sample, index) =>
    Math.min(sample.batch.numRows, Math.ceil(Math.max(balanced, LEAST_ROWS) * shares[index]!)),
  );
  const length = counts.reduce((sum, count) => sum + count, 0);
  const which = new Uint32Array(length);
  const rows = new Uint32Array(length);
  let at = 0;
  for (const [source, count] of counts.entries()) {
    for (let row = 0; row < count; row++, at++) {
      which[at] = source;
      rows[at] = row;
    }
  }
  const below = generator(1);
  for (let last = length - 1; last > 0; last--) {
    const other = below(last + 1);
    [which[last], which[other]] = [which[other]!, which[last]!];
    [rows[last], rows[other]] = [rows[other]!, rows[last]!];
  }
  return {
    rows: length,
    take: (columns, count) =>
      takeBatch(
        samples.map(({ batch }) => columnsOfBatch(batch, columns)),
        { which, rows },
        0,
        Math.min(count, length),
      ),
  };
}
