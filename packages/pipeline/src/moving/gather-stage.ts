import type { JsonValue } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { feedBytes, type Planned } from '../planning/plan-stage.ts';
import { runAll } from '../pool/run-all.ts';
import { rangesOf, type Block } from './block.ts';
import type { GatherTask, WrittenShard } from './gather-unit.ts';
import { moveSpec } from './scatter-stage.ts';

/** Buckets `from … to` as units of whole shards. */
export function cutUnits({ plan }: Planned, from: number, to: number): readonly (readonly number[])[] {
  const size = plan.buckets.bucketsPerShard;
  return Array.from({ length: (to - from) / size }, (_, unit) => Array.from({ length: size }, (__, piece) => from + unit * size + piece));
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
  await runAll(cutUnits(planned, from, to), plan.memory.workers, async (buckets) => {
    const task: GatherTask = {
      move,
      buckets: buckets.map((bucket) => ({ bucket, ranges: rangesOf(blocks, bucket) })),
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
