import type { LostShard } from '@riffle/core';

/** A salvaged shard counts by its lost rows; if they are not known, it counts as a shard, since more must never pass for less. */
function countsAsShard({ rows, rowsKept }: Pick<LostShard, 'rows' | 'rowsKept'>): boolean {
  return rowsKept === undefined || rows === undefined;
}

/**
 * Percent lost: the larger of lost / expected shards and lost / known rows. `ofShards` and `ofRows` are what there would be without
 * the losses.
 */
export function percentLost(
  lost: readonly Pick<LostShard, 'rows' | 'rowsKept'>[],
  { ofShards, ofRows }: { readonly ofShards: number; readonly ofRows: number },
): number {
  const shards = lost.filter(countsAsShard).length;
  const rows = lost.reduce((sum, shard) => sum + (shard.rows ?? 0), 0);
  // Times 100 first: 7 of 100 are then exactly the 7 that `7%` gives, and not a little more.
  return Math.max((100 * shards) / Math.max(1, ofShards), (100 * rows) / Math.max(1, ofRows));
}
