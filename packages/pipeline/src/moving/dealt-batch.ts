import { fingerprintRows, takeBatch, type ColumnBatch, type FingerprintSums } from '@riffle/columnar';
import type { Move } from './move.ts';
import { numbersScratch, wordsScratch } from './scratch.ts';

/** Rows of one batch, ordered by bucket. */
export interface DealtBatch {
  readonly batch: ColumnBatch;
  /** Of each row, relative to the first position of its bucket. */
  readonly positions: Uint32Array;
  /** Rows of bucket b (counted from the first kept bucket) are `bounds[b] … bounds[b + 1]`. */
  readonly bounds: Uint32Array;
}

/** Where fingerprints go: the sums by output shard, and the one of the input shard. */
export interface FingerprintTargets {
  readonly outputs: FingerprintSums;
  readonly input: FingerprintSums;
}

const positionsScratch = numbersScratch();
const shardsScratch = wordsScratch();
const bucketsScratch = wordsScratch();
const orderScratch = wordsScratch();
const fingerprintsScratch = wordsScratch();

/**
 * Deals the rows of one source batch, whose first row is global row `firstRow`, into buckets `from … to`; rows of
 * other buckets are left out. The result owns its buffers.
 */
export function dealBatch(move: Move, source: ColumnBatch, firstRow: number, from: number, to: number, fingerprints: FingerprintTargets | undefined): DealtBatch {
  const { rows } = source;
  const { deal, buckets } = move;
  const positions = positionsScratch.take(rows);
  move.permutation.positionsOf(firstRow, positions);
  const bucketOfRow = bucketsScratch.take(rows);
  const shardOfRow = shardsScratch.take(rows);
  const bounds = new Uint32Array(to - from + 1);
  for (let row = 0; row < rows; row++) {
    const shard = deal.shardOf(positions[row]!);
    const bucket = buckets.bucketOf(positions[row]!, shard);
    shardOfRow[row] = shard;
    bucketOfRow[row] = bucket;
    if (bucket >= from && bucket < to) bounds[bucket - from + 1]!++;
  }
  for (let bucket = 0; bucket < to - from; bucket++) bounds[bucket + 1]! += bounds[bucket]!;
  if (fingerprints !== undefined) addFingerprints(source, shardOfRow, fingerprints);

  const kept = bounds[to - from]!;
  const next = bounds.slice(0, to - from);
  const starts = Float64Array.from(next, (_, bucket) => buckets.startOf(from + bucket));
  const order = orderScratch.take(kept);
  const relative = new Uint32Array(kept);
  for (let row = 0; row < rows; row++) {
    const bucket = bucketOfRow[row]! - from;
    if (bucket < 0 || bucket >= to - from) continue;
    const at = next[bucket]!++;
    order[at] = row;
    relative[at] = positions[row]! - starts[bucket]!;
  }
  return { batch: takeBatch([source], { which: undefined, rows: order }, 0, kept), positions: relative, bounds };
}

function addFingerprints(source: ColumnBatch, shardOfRow: Uint32Array, { outputs, input }: FingerprintTargets): void {
  const fingerprints = fingerprintsScratch.take(4 * source.rows);
  fingerprintRows(source, fingerprints);
  for (let row = 0; row < source.rows; row++) {
    outputs.add(shardOfRow[row]!, fingerprints, row);
    input.add(0, fingerprints, row);
  }
}
