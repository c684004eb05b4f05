import { RiffleError, type Finding, type JsonValue, type LostShard } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { checkWritten } from '../proof/check-written.ts';
import type { RunFolder } from '../publishing/output-folder.ts';
import { runStage } from '../run-stage.ts';
import { gatherBuckets } from './gather-stage.ts';
import type { WrittenShard } from './open-shard.ts';
import { scatterPass, type Scattered } from './scatter-stage.ts';

/** Groups of buckets, one a pass. */
function cutPasses({ plan }: Planned): readonly (readonly [number, number])[] {
  const units = plan.buckets.count / plan.buckets.bucketsPerShard;
  const unitsPerPass = Math.ceil(units / plan.memory.passes);
  return Array.from({ length: Math.ceil(units / unitsPerPass) }, (_, pass) => [
    pass * unitsPerPass * plan.buckets.bucketsPerShard,
    Math.min(units, (pass + 1) * unitsPerPass) * plan.buckets.bucketsPerShard,
  ]);
}

/** What a job has when all rows are in verified shards, not yet at final names. */
export interface Moved {
  readonly first: Scattered;
  readonly shards: readonly WrittenShard[];
  readonly tuning: JsonValue;
}

/** @throws `VERIFICATION_FAILED` if any written shard is not what was planned. */
function judge(context: JobContext, { plan }: Planned, findings: readonly Finding[]): void {
  const missing = findings.filter((finding) => finding.code === 'missing').length;
  const empty = findings.filter((finding) => finding.code === 'empty').length;
  const different = new Set(findings.map((finding) => finding.file)).size - missing - empty;
  context.emit({ type: 'verified', valid: plan.shards - missing - empty - different, empty, missing, different });
  if (findings.length > 0) {
    throw new RiffleError(
      'VERIFICATION_FAILED',
      `A written shard is not what was planned, so nothing was published. ${findings.map((finding) => finding.message).join(' ')} Run again; if it happens again, suspect the disk or the memory of this machine.`,
      { findings },
    );
  }
}

/** Scatter, gather and check, pass by pass. Returns the bad shards instead if scatter met any. */
export async function moveRows(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
): Promise<Moved | readonly LostShard[]> {
  const { plan } = planned;
  const { memory } = plan;
  const shards: WrittenShard[] = [];
  const findings: Finding[] = [];
  let rowsWritten = 0;
  let bytesWritten = 0;
  let first: Scattered | undefined;
  let recycled: readonly SharedArrayBuffer[] = [];
  const tuning = planned.chooseTuning();
  // Awaited where it is needed; until then a failure must not count as unhandled.
  tuning.catch(() => undefined);
  for (const keep of cutPasses(planned)) {
    const scattered = await runStage(context, 'scatter', () =>
      scatterPass(context, planned, {
        keep,
        memoryBytes: memory.strategy === 'spill' ? 0 : Number.POSITIVE_INFINITY,
        spillFolder: memory.strategy === 'passes' ? undefined : folder.spill,
        first: first === undefined,
        recycled,
      }),
    );
    const chosen = await tuning;
    recycled = scattered.blocks.flatMap((block) => (block.kind === 'memory' ? [block.memory] : []));
    if (scattered.bad.length > 0) {
      if (first === undefined) return scattered.bad;
      throw new RiffleError(
        'FILE_CHANGED',
        `Shard ${scattered.bad[0]!.path} of collection ${scattered.bad[0]!.collection} was readable in the first pass and is not now: it was changed while the job ran.`,
      );
    }
    first ??= scattered;
    const sums = first;
    await runStage(context, 'gather', () =>
      gatherBuckets(context, planned, chosen, scattered.blocks, keep, folder.shards, async (written) => {
        shards.push(...written);
        rowsWritten += written.reduce((sum, shard) => sum + shard.rows, 0);
        bytesWritten += written.reduce((sum, shard) => sum + shard.bytes, 0);
        context.emit({
          type: 'progress',
          stage: 'gather',
          rows: rowsWritten,
          ofRows: plan.rows,
          bytes: bytesWritten,
          memoryBytes: context.pool.heldBytes,
        });
        findings.push(...(await checkWritten(context, planned, sums, folder, written)));
      }),
    );
  }
  shards.sort((one, other) => one.shard - other.shard);
  judge(context, planned, findings);
  return { first: first!, shards, tuning: await tuning };
}
