import type { JsonValue } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { feedBytes, type Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import type { Block } from './block.ts';
import type { GatherTask } from './gather-unit.ts';
import type { WrittenShard } from './open-shard.ts';
import { moveSpec } from './scatter-units.ts';

/** Tasks per worker: few, since every task is sent all blocks; enough that the last ones are short against the whole. */
const tasksPerWorker = 8;
/** A task never writes more Arrow data than this, however large the job: what an interruption can cost. */
const largestTask = 2 ** 30;

/** Runs of buckets that hold whole shards together, from `from` to `to`, without those whose shards are all done. */
function cutRuns(
  { plan }: Planned,
  from: number,
  to: number,
  isDone: (shard: number) => boolean,
): readonly (readonly [number, number])[] {
  const { bucketsPerShard, shardsPerBucket } = plan.buckets;
  const step = bucketsPerShard;
  const shardsOf = (bucket: number) =>
    Array.from(
      { length: shardsPerBucket },
      (_, index) => Math.floor(bucket / bucketsPerShard) * shardsPerBucket + index,
    );
  const starts = Array.from({ length: (to - from) / step }, (_, index) => from + index * step).filter((bucket) =>
    shardsOf(bucket).some((shard) => shard < plan.shards && !isDone(shard)),
  );
  const bytesPerStep = (plan.estimatedDecodedBytes / plan.buckets.count) * step;
  const perTask = Math.max(
    1,
    Math.min(Math.ceil(starts.length / (plan.memory.workers * tasksPerWorker)), Math.floor(largestTask / bytesPerStep)),
  );
  const runs: [number, number][] = [];
  for (const bucket of starts) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === bucket && last[1] - last[0] < perTask * step) last[1] = bucket + step;
    else runs.push([bucket, bucket + step]);
  }
  return runs;
}

/** Writes the shards of some buckets into `folder`, but for those that are done. `onWritten` is awaited for each unit, so that checking overlaps writing. */
export async function gatherBuckets(
  context: JobContext,
  planned: Planned,
  tuning: JsonValue,
  blocks: readonly Block[],
  [from, to]: readonly [number, number],
  folder: string,
  isDone: (shard: number) => boolean,
  onWritten: (shards: readonly WrittenShard[]) => Promise<void>,
): Promise<void> {
  const { plan } = planned;
  const { recipe } = context;
  const move = moveSpec(planned);
  await runAll(cutRuns(planned, from, to, isDone), plan.memory.workers, async (buckets) => {
    const task: GatherTask = {
      move,
      blocks,
      buckets,
      folder,
      compression: recipe.compression,
      rowGroupBytes: recipe.rowGroupBytes,
      tuning,
      feedBytes: Math.min(feedBytes, recipe.rowGroupBytes),
      partitioning: planned.partitioning,
    };
    const { shards } = await context.pool.run('gather', task);
    await onWritten(shards);
  });
}
