import { fingerprintRows, takeBatch, type Allocate, type ColumnBatch, type FingerprintSums } from '@riffle/columnar';
import type { Move } from './move.ts';
import { numbersScratch, wordsScratch } from './scratch.ts';

/** Rows read from one fragment. */
export interface SourceRows {
  readonly batch: ColumnBatch;
  /** Global number of the first row. */
  readonly firstRow: number;
  /** The sum of its input shard. */
  readonly input: FingerprintSums;
}

/** Rows ordered by bucket. */
export interface DealtBatch {
  readonly batch: ColumnBatch;
  /** Of each row, relative to the first position of its bucket. */
  readonly positions: Uint32Array;
  /** Rows of bucket b (counted from the first kept bucket) are `bounds[b] … bounds[b + 1]`. */
  readonly bounds: Uint32Array;
}

const positionsScratch = numbersScratch();
const shardsScratch = wordsScratch();
const bucketsScratch = wordsScratch();
const whichScratch = wordsScratch();
const rowsScratch = wordsScratch();
const fingerprintsScratch = wordsScratch();

/**
 * Deals rows into buckets `from … to`; rows of other buckets are left out. The result's memory comes from `allocate`.
 * Adds every row's fingerprint to its output shard's sum in `outputs` and to its input's, if there is an `outputs`.
 */
export function dealRows(
  move: Move,
  sources: readonly SourceRows[],
  from: number,
  to: number,
  outputs: FingerprintSums | undefined,
  allocate: Allocate,
): DealtBatch {
  const { deal, buckets, permutation } = move;
  const total = sources.reduce((sum, { batch }) => sum + batch.rows, 0);
  const positions = positionsScratch.take(total);
  const shards = shardsScratch.take(total);
  const bucketOfRow = bucketsScratch.take(total);
  const bounds = new Uint32Array(to - from + 1);
  let at = 0;
  for (const { batch, firstRow } of sources) {
    permutation.positionsOf(firstRow, positions.subarray(at, at + batch.rows));
    at += batch.rows;
  }
  for (let row = 0; row < total; row++) {
    const position = positions[row]!;
    const shard = deal.shardOf(position);
    const bucket = buckets.bucketOf(position, shard) - from;
    shards[row] = shard;
    bucketOfRow[row] = bucket;
    if (bucket >= 0 && bucket < to - from) bounds[bucket + 1]!++;
  }
  for (let bucket = 0; bucket < to - from; bucket++) bounds[bucket + 1]! += bounds[bucket]!;
  if (outputs !== undefined) addFingerprints(sources, shards, outputs);
  return takeDealt(move, sources, positions, bucketOfRow, bounds, from, allocate);
}

function addFingerprints(sources: readonly SourceRows[], shards: Uint32Array, outputs: FingerprintSums): void {
  let first = 0;
  for (const { batch, input } of sources) {
    const fingerprints = fingerprintsScratch.take(4 * batch.rows);
    fingerprintRows(batch, fingerprints);
    for (let row = 0; row < batch.rows; row++) outputs.add(shards[first + row]!, fingerprints, row);
    input.addAll(0, fingerprints, batch.rows);
    first += batch.rows;
  }
}

/** Moves the rows, bucket after bucket, in source order within each. `bounds` says where each bucket's rows go. */
function takeDealt(
  move: Move,
  sources: readonly SourceRows[],
  positions: Float64Array,
  bucketOfRow: Uint32Array,
  bounds: Uint32Array,
  from: number,
  allocate: Allocate,
): DealtBatch {
  const count = bounds.length - 1;
  const kept = bounds[count]!;
  const next = bounds.slice(0, count);
  const starts = Float64Array.from(next, (_, bucket) => move.buckets.startOf(from + bucket));
  const rows = rowsScratch.take(kept);
  const which = sources.length === 1 ? undefined : whichScratch.take(kept);
  const bytes = allocate(4 * kept);
  const relative = new Uint32Array(bytes.buffer, bytes.byteOffset, kept);
  let first = 0;
  for (const [index, { batch }] of sources.entries()) {
    for (let row = 0; row < batch.rows; row++) {
      const bucket = bucketOfRow[first + row]!;
      if (bucket >= count) continue;
      const place = next[bucket]!++;
      rows[place] = row;
      if (which !== undefined) which[place] = index;
      relative[place] = positions[first + row]! - starts[bucket]!;
    }
    first += batch.rows;
  }
  const batch = takeBatch(
    sources.map((source) => source.batch),
    { which, rows },
    0,
    kept,
    allocate,
  );
  return { batch, positions: relative, bounds };
}
