import type { PackedBatch } from '@riffle/columnar';

/** Dealt rows that stay in shared memory. Rows of bucket b (from `firstBucket`) are `bounds[b] … bounds[b + 1]`. */
export interface MemoryBlock {
  readonly kind: 'memory';
  readonly firstBucket: number;
  readonly bounds: Uint32Array;
  readonly batch: PackedBatch;
  /** Of each row, relative to the first position of its bucket. */
  readonly positions: Uint32Array;
  /** What all buffers of the block are views of: handed on to be used again, since nobody can tell when it would be freed. */
  readonly memory: SharedArrayBuffer;
  /** Bytes of it that are in use. */
  readonly bytes: number;
}

/**
 * One flush of a scatter worker in a spill file: for every bucket a run of segments, bucket after bucket.
 * Bucket b (from `firstBucket`) stands at bytes `bounds[b] … bounds[b + 1]` of the file.
 */
export interface SpillBlock {
  readonly kind: 'spill';
  readonly firstBucket: number;
  readonly bounds: Float64Array;
  readonly file: string;
}

export type Block = MemoryBlock | SpillBlock;

/** Where a bucket stands in a block, or undefined if it has no rows there. */
export function rangeOf(
  { firstBucket, bounds }: Block,
  bucket: number,
): readonly [start: number, end: number] | undefined {
  const index = bucket - firstBucket;
  const start = bounds[index];
  const end = bounds[index + 1];
  return start === undefined || end === undefined || start === end ? undefined : [start, end];
}

/** Bytes of dealt rows, by where they wait. */
export interface BytesWaiting {
  readonly memory: number;
  readonly spill: number;
}

export function bytesWaiting(blocks: readonly Block[]): BytesWaiting {
  let [memory, spill] = [0, 0];
  for (const block of blocks) {
    if (block.kind === 'memory') memory += block.bytes;
    else spill += block.bounds.at(-1)! - block.bounds[0]!;
  }
  return { memory, spill };
}
