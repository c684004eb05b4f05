/** How `rows` positions are dealt into `shards` even runs: the first `rows mod shards` runs hold one row more. */
export interface Deal {
  readonly rows: number;
  readonly shards: number;
  rowsOf(shard: number): number;
  /** First position of a shard; `startOf(shards)` is `rows`. */
  startOf(shard: number): number;
  shardOf(position: number): number;
}

/** @throws RangeError if a shard would be empty. */
export function createDeal(rows: number, shards: number): Deal {
  if (!Number.isInteger(shards) || shards < 1 || shards > rows)
    throw new RangeError(`${shards} shards of ${rows} rows: every shard needs a row.`);
  const small = Math.floor(rows / shards);
  const larger = rows % shards;
  const boundary = larger * (small + 1);
  return {
    rows,
    shards,
    rowsOf: (shard) => (shard < larger ? small + 1 : small),
    startOf: (shard) => (shard <= larger ? shard * (small + 1) : boundary + (shard - larger) * small),
    shardOf: (position) =>
      position < boundary ? Math.floor(position / (small + 1)) : larger + Math.floor((position - boundary) / small),
  };
}
