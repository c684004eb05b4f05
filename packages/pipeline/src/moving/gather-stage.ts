import type { JsonValue } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { feedBytes, type Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import type { Block } from './block.ts';
import type { GatherTask } from './gather-unit.ts';
import type { WrittenShard } from './open-shard.ts';
import { moveSpec } from './scatter-stage.ts';

/** Tasks per worker: few, since every task is sent all blocks; enough that the last ones are short against the whole. */
const tasksPerWorker = 8;

/** Buckets `from … to` as runs of whole shards. */
function cutRuns({ plan }: Planned, from: number, to: number): readonly (readonly [number, number])[] {
  const { bucketsPerShard } = plan.buckets;
  const units = (to - from) / bucketsPerShard;
  const tasks = Math.min(units, plan.memory.workers * tasksPerWorker);
  const start = (task: number) => from + Math.floor((task * units) / tasks) * bucketsPerShard;
  return Array.from({ length: tasks }, (_, task) => [start(task), start(task + 1)]);
}

/** Writes the shards of some buckets into `folder`. `onWritten` is awaited for each unit, so that checking overlaps writing. */
export async function gatherBuckets(
  context: JobContext,
  planned: Planned,
  tuning: JsonValue,
  blocks: readonly Block[],
  [from, to]: readonly [number, number],
  folder: string,
  onWritten: (shards: readonly WrittenShard[]) => Promise<void>,
): Promise<void> {
  const { plan } = planned;
  const { recipe } = context;
  const move = moveSpec(planned);
  await runAll(cutRuns(planned, from, to), plan.memory.workers, async (buckets) => {
    const task: GatherTask = {
      move,
      blocks,
      buckets,
      folder,
      compression: recipe.compression,
      rowGroupBytes: recipe.rowGroupBytes,
      tuning,
      feedBytes: Math.min(feedBytes, recipe.rowGroupBytes),
    };
    const { shards } = await context.pool.run('gather', task);
    await onWritten(shards);
  });
}
