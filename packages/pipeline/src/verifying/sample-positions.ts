import type { Shuffler } from '@riffle/core';
import { createDeal } from '@riffle/shuffler';

/** Rows that are compared one by one, unless there are more shards than that. */
const sampleRows = 1000;

/** One row of the result. */
export interface SampledRow {
  readonly position: number;
  readonly shard: number;
  /** In the shard, from 0. */
  readonly row: number;
}

/**
 * Some rows of every shard, at least one of each; all rows if they are few. Which ones follows from `seed`, so that two checks look at the same.
 * A shuffle of a shard's rows gives different ones without remembering them.
 */
export function samplePositions(rows: number, shards: number, seed: string, shuffler: Shuffler): readonly SampledRow[] {
  const deal = createDeal(rows, shards);
  const wanted = Math.min(rows, Math.max(sampleRows, shards));
  const sampled: SampledRow[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const size = deal.rowsOf(shard);
    const count = Math.min(size, Math.ceil(wanted / shards));
    const order = shuffler.plan(size, `${seed}|${shard}`);
    const chosen = Array.from({ length: count }, (_, index) => order.sourceOf(index)).sort((one, other) => one - other);
    for (const row of chosen) sampled.push({ position: deal.startOf(shard) + row, shard, row });
  }
  return sampled;
}
