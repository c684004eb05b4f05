import { batchOfColumns, createArena, rowBytes, sliceBatch, type ColumnBatch } from '@riffle/columnar';
import type { CompressionCodec, JsonValue } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import type { Block } from './block.ts';
import { releaseScatterMemory } from './block-store.ts';
import { loadBucket, openBlock } from './bucket-rows.ts';
import { startMove, type Move, type MoveSpec } from './move.ts';
import { openPartitionedShard } from '../partitioning/partitioned-shard.ts';
import type { Partitioning } from '../partitioning/partitioning.ts';
import { cutForFeeding } from './cut-for-feeding.ts';
import { openShard, shardName, type OpenShard, type WrittenShard } from './open-shard.ts';

/** Write some whole shards from the buckets that hold them. */
export interface GatherTask {
  readonly move: MoveSpec;
  readonly blocks: readonly Block[];
  /** Consecutive buckets that make up whole shards together: from, and one past the last. */
  readonly buckets: readonly [from: number, to: number];
  /** Where the shards are written; names inside come from {@link shardName}. */
  readonly folder: string;
  readonly compression: CompressionCodec;
  readonly rowGroupBytes: number;
  readonly tuning: JsonValue;
  /** Arrow data fed to the writer at once: part of the rule that fixes the output's bytes. */
  readonly feedBytes: number;
  /** How shards are divided into files; undefined if each is one. */
  readonly partitioning: Partitioning | undefined;
}

export interface GatherResult {
  readonly shards: readonly WrittenShard[];
}

/** Memory of the bucket at hand and of the one before, whose last rows may be carried over, in turns. */
const arenas = [createArena(), createArena()] as const;

/**
 * Feeds rows `start … end`, cut by {@link cutForFeeding}. Returns where the last, unfinished batch starts; with `toTheEnd` that one is fed too.
 */
async function feed(
  move: Move,
  { writer }: OpenShard,
  rows: ColumnBatch,
  sizes: Float64Array,
  [start, end]: readonly [number, number],
  feedBytes: number,
  toTheEnd: boolean,
): Promise<number> {
  for (const [from, to] of cutForFeeding(sizes, start, end, feedBytes)) {
    if (to === end && !toTheEnd) return from;
    await writer.write(batchOfColumns(move.schema, sliceBatch(rows, from, to)));
  }
  return end;
}

/** Shards that may be on their way to the disk while the next are written; each holds one open file. */
const mostFlushing = 4;

/** Worker side of gather. */
export async function gatherUnit(task: GatherTask, { storage, writer, shuffler }: PluginSet): Promise<GatherResult> {
  const move = startMove(task.move, shuffler);
  const { deal, buckets } = move;
  const writerOptions = {
    schema: move.schema,
    compression: task.compression,
    rowGroupBytes: task.rowGroupBytes,
    tuning: task.tuning,
  };
  releaseScatterMemory();
  const blocks = task.blocks.map((block) => openBlock(block, move));
  const written: WrittenShard[] = [];
  const flushing: Promise<void>[] = [];
  const start = (shard: number): OpenShard | Promise<OpenShard> => {
    const place = { shard, firstRow: deal.startOf(shard), rows: deal.rowsOf(shard) };
    const options = { ...writerOptions, place };
    if (task.partitioning !== undefined)
      return openPartitionedShard(storage, writer, task.folder, shard, options, task.partitioning, task.feedBytes, {});
    return openShard(storage, writer, task.folder, { shard, file: shardName(shard, writer.extension) }, options, {});
  };
  let open: OpenShard | undefined;
  let carried: ColumnBatch | undefined;
  try {
    for (let bucket = task.buckets[0]; bucket < task.buckets[1]; bucket++) {
      const bucketStart = buckets.startOf(bucket);
      const bucketEnd = buckets.startOf(bucket + 1);
      // The last piece of a shard that has a row less than the largest may be none: the shard is complete.
      if (bucketStart === bucketEnd) continue;
      const arena = arenas[bucket & 1]!;
      arena.reset();
      const content = await loadBucket(storage, move, bucket, blocks, carried, arena.allocate);
      const sizes = rowBytes(content);
      const before = carried?.rows ?? 0;
      const [firstShard, endShard] = buckets.shardsOf(bucket);
      carried = undefined;
      for (let shard = firstShard; shard < endShard; shard++) {
        open ??= await start(shard);
        const firstRow = Math.max(deal.startOf(shard), bucketStart);
        const last = deal.startOf(shard + 1) <= bucketEnd;
        const from = firstRow === bucketStart ? 0 : before + firstRow - bucketStart;
        const to = before + Math.min(deal.startOf(shard + 1), bucketEnd) - bucketStart;
        const rest = await feed(move, open, content, sizes, [from, to], task.feedBytes, last);
        if (last) {
          const { shards: finished, durable } = await open.finish();
          open = undefined;
          written.push(...finished);
          flushing.push(durable);
          if (flushing.length > mostFlushing) await flushing.shift();
        } else {
          carried = sliceBatch(content, rest, to);
        }
      }
    }
    await Promise.all(flushing);
    return { shards: written };
  } finally {
    await open?.abort();
    await Promise.allSettled(flushing);
  }
}
