import type { BucketPlan } from '@riffle/core';
import type { Deal } from './deal.ts';

/** Buckets: runs of consecutive output positions that fit in memory. A bucket holds whole shards, or an equal piece of one. */
export interface Buckets extends BucketPlan {
  /** First position of a bucket; `startOf(count)` is the number of rows. */
  startOf(bucket: number): number;
  /** The bucket of a position, when its shard is known. */
  bucketOf(position: number, shard: number): number;
  /** The shards that a bucket touches, first and one past the last. */
  shardsOf(bucket: number): readonly [number, number];
}

/**
 * The largest buckets of at most `rowsPerBucket` rows each. Several small shards share a bucket;
 * a shard larger than that is cut into equal pieces.
 */
export function planBuckets(deal: Deal, rowsPerBucket: number): BucketPlan {
  const limit = Math.max(1, Math.floor(rowsPerBucket));
  const largest = deal.rowsOf(0);
  if (largest <= limit) {
    const shardsPerBucket = Math.min(deal.shards, Math.max(1, Math.floor(limit / largest)));
    return { count: Math.ceil(deal.shards / shardsPerBucket), shardsPerBucket, bucketsPerShard: 1 };
  }
  const bucketsPerShard = Math.ceil(largest / limit);
  return { count: deal.shards * bucketsPerShard, shardsPerBucket: 1, bucketsPerShard };
}

export function createBuckets(deal: Deal, plan: BucketPlan): Buckets {
  const { shardsPerBucket, bucketsPerShard } = plan;
  const pieceRows = Math.ceil(deal.rowsOf(0) / bucketsPerShard);
  const startOf = (bucket: number) => {
    if (bucketsPerShard === 1) return deal.startOf(Math.min(deal.shards, bucket * shardsPerBucket));
    const shard = Math.floor(bucket / bucketsPerShard);
    if (shard >= deal.shards) return deal.rows;
    const within = (bucket - shard * bucketsPerShard) * pieceRows;
    return deal.startOf(shard) + Math.min(within, deal.rowsOf(shard));
  };
  return {
    ...plan,
    startOf,
    bucketOf: (position, shard) =>
      bucketsPerShard === 1
        ? Math.floor(shard / shardsPerBucket)
        : shard * bucketsPerShard + Math.floor((position - deal.startOf(shard)) / pieceRows),
    shardsOf: (bucket) => {
      if (bucketsPerShard > 1) return [Math.floor(bucket / bucketsPerShard), Math.floor(bucket / bucketsPerShard) + 1];
      return [bucket * shardsPerBucket, Math.min(deal.shards, (bucket + 1) * shardsPerBucket)];
    },
  };
}
