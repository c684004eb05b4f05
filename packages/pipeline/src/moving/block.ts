/**
 * One flush of a scatter worker: for every bucket a run of segments, bucket after bucket, either in shared memory or
 * in a spill file. Bucket b (counted from `firstBucket`) stands at `bounds[b] … bounds[b + 1]` from the block's start.
 */
export interface Block {
  readonly firstBucket: number;
  readonly bounds: Float64Array;
  readonly place: { readonly kind: 'memory'; readonly bytes: Uint8Array } | { readonly kind: 'spill'; readonly file: string; readonly offset: number };
}

export function blockBytes(block: Block): number {
  return block.bounds[block.bounds.length - 1]!;
}

/** The part of a block that belongs to one bucket. */
export interface BlockRange {
  readonly place: Block['place'];
  /** From the start of the spill file, or of the bytes in memory. */
  readonly offset: number;
  readonly length: number;
}

/** The ranges that hold a bucket's rows, in block order; blocks without any are left out. */
export function rangesOf(blocks: readonly Block[], bucket: number): readonly BlockRange[] {
  return blocks.flatMap((block): readonly BlockRange[] => {
    const index = bucket - block.firstBucket;
    if (index < 0 || index + 1 >= block.bounds.length) return [];
    const start = block.bounds[index]!;
    const length = block.bounds[index + 1]! - start;
    const offset = start + (block.place.kind === 'spill' ? block.place.offset : 0);
    return length === 0 ? [] : [{ place: block.place, offset, length }];
  });
}
