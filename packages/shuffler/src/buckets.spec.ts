import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBuckets, planBuckets } from './buckets.ts';
import { createDeal } from './deal.ts';

const jobs = fc
  .record({
    rows: fc.integer({ min: 1, max: 400 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    rowsPerBucket: fc.integer({ min: 1, max: 500 }),
  })
  .map(({ rows, share, rowsPerBucket }) => ({ rows, shards: 1 + Math.floor(share * (rows - 1)), rowsPerBucket }));

describe('deal and buckets', () => {
  it('deals every position into one shard, sizes differing by at most one', () => {
    fc.assert(
      fc.property(jobs, ({ rows, shards }) => {
        const deal = createDeal(rows, shards);
        const counts = new Array<number>(shards).fill(0);
        for (let position = 0; position < rows; position++) {
          const shard = deal.shardOf(position);
          expect(position >= deal.startOf(shard) && position < deal.startOf(shard + 1)).toBe(true);
          counts[shard]!++;
        }
        expect(counts).toEqual(counts.map((_, shard) => deal.rowsOf(shard)));
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect([...counts].sort((one, other) => other - one)).toEqual(counts);
      }),
    );
  });

  it('cuts positions into buckets of bounded size that respect shards', () => {
    fc.assert(
      fc.property(jobs, ({ rows, shards, rowsPerBucket }) => {
        const deal = createDeal(rows, shards);
        const buckets = createBuckets(deal, planBuckets(deal, rowsPerBucket));
        expect(buckets.startOf(0)).toBe(0);
        expect(buckets.startOf(buckets.count)).toBe(rows);
        for (let position = 0; position < rows; position++) {
          const shard = deal.shardOf(position);
          const bucket = buckets.bucketOf(position, shard);
          expect(position >= buckets.startOf(bucket) && position < buckets.startOf(bucket + 1)).toBe(true);
          const [first, end] = buckets.shardsOf(bucket);
          expect(shard >= first && shard < end).toBe(true);
        }
        for (let bucket = 0; bucket < buckets.count; bucket++) {
          expect(buckets.startOf(bucket + 1) - buckets.startOf(bucket)).toBeLessThanOrEqual(rowsPerBucket);
        }
      }),
    );
  });

  it('refuses empty shards', () => {
    expect(() => createDeal(3, 4)).toThrow(RangeError);
  });
});
