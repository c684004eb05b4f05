import { RiffleError, type Finding, type JsonValue, type LostShard } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { refuseNumber } from '../partitioning/refuse-values.ts';
import { checkWritten } from '../proof/check-written.ts';
import type { Work } from '../resuming/begin-work.ts';
import type { Recovered } from '../resuming/recovered.ts';
import { recordOfSums } from '../resuming/sums-records.ts';
import { runStage } from '../run-stage.ts';
import type { CertifiedOrder } from '../publishing/certify-result.ts';
import { certifyBeside } from './certify-beside.ts';
import { gatherBuckets } from './gather-stage.ts';
import { bytesWaiting, type BytesWaiting } from './block.ts';
import type { WrittenShard } from './open-shard.ts';
import { scatterPass, type Scattered } from './scatter-stage.ts';

/** Groups of buckets, one a pass, from the first shard that is not done. */
function cutPasses({ plan }: Planned, { shards }: Recovered): readonly (readonly [number, number])[] {
  const { count, bucketsPerShard, shardsPerBucket } = plan.buckets;
  if (shards.size === plan.shards) return [];
  // Spilled units hold all buckets, so that another run can use them whatever it has to write.
  if (plan.memory.strategy === 'spill') return [[0, count]];
  let firstShard = 0;
  while (shards.has(firstShard)) firstShard++;
  const units = count / bucketsPerShard;
  const firstUnit = Math.floor(firstShard / shardsPerBucket);
  const unitsPerPass = Math.ceil(units / plan.memory.passes);
  return Array.from({ length: Math.ceil((units - firstUnit) / unitsPerPass) }, (_, pass) => [
    (firstUnit + pass * unitsPerPass) * bucketsPerShard,
    Math.min(units, firstUnit + (pass + 1) * unitsPerPass) * bucketsPerShard,
  ]);
}

/** Fingerprints of the whole input, by output shard and by input shard. */
export type Sums = Pick<Scattered, 'outputs' | 'inputs'>;

/** What a job has when all rows are in verified shards, not yet at final names. */
export interface Moved {
  /** Fingerprints of the whole input. */
  readonly sums: Sums;
  readonly shards: readonly WrittenShard[];
  readonly tuning: JsonValue;
  /** How well their order is shuffled, if that was judged meanwhile. */
  readonly certified: CertifiedOrder | undefined;
}

/** Shards that share a bucket with one that was not done are written again, with the same bytes. In the order of shards and their parts. */
function withoutRepeats(shards: readonly WrittenShard[]): readonly WrittenShard[] {
  const byName = new Map(shards.map((shard) => [shard.file, shard]));
  return [...byName.values()].sort(
    (one, other) => one.shard - other.shard || (one.file < other.file ? -1 : Number(one.file > other.file)),
  );
}

/** @throws `VERIFICATION_FAILED` if any written shard is not what was planned. */
function judge(context: JobContext, files: number, findings: readonly Finding[]): void {
  const missing = findings.filter((finding) => finding.code === 'missing').length;
  const empty = findings.filter((finding) => finding.code === 'empty').length;
  const different = new Set(findings.map((finding) => finding.file)).size - missing - empty;
  context.emit({ type: 'verified', valid: files - missing - empty - different, empty, missing, different });
  if (findings.length > 0) {
    throw new RiffleError(
      'VERIFICATION_FAILED',
      `A written shard is not what was planned, so nothing was published. ${findings.map((finding) => finding.message).join(' ')} Run again; if it happens again, suspect the disk or the memory of this machine.`,
      { findings },
    );
  }
}

/**
 * Scatter, gather and check, pass by pass; what an interrupted run left whole is not done again. Returns the bad shards instead
 * if scatter met any.
 */
export async function moveRows(
  context: JobContext,
  planned: Planned,
  { folder, journal }: Pick<Work, 'folder' | 'journal'>,
  recovered: Recovered,
): Promise<Moved | readonly LostShard[]> {
  const { plan } = planned;
  const { memory } = plan;
  const shards: WrittenShard[] = [...recovered.shards.values()].flat();
  const findings: Finding[] = [];
  let rowsWritten = shards.reduce((sum, shard) => sum + shard.rows, 0);
  let bytesWritten = shards.reduce((sum, shard) => sum + shard.bytes, 0);
  let { sums } = recovered;
  let recycled: readonly SharedArrayBuffer[] = [];
  let certified: Promise<CertifiedOrder | undefined> | undefined;
  const tuning = planned.chooseTuning();
  // Awaited where it is needed; until then a failure must not count as unhandled.
  tuning.catch(() => undefined);

  const partitions = new Set<string>();
  const countPartitions = (files: readonly WrittenShard[]) => {
    for (const { partition } of files) if (partition !== undefined) partitions.add(JSON.stringify(partition));
    refuseNumber(planned.partitioning?.by ?? [], partitions.size);
  };
  countPartitions(shards);

  const checkAndRecord = async (known: Sums, written: readonly WrittenShard[], waiting: BytesWaiting) => {
    rowsWritten += written.reduce((sum, shard) => sum + shard.rows, 0);
    bytesWritten += written.reduce((sum, shard) => sum + shard.bytes, 0);
    context.emit({
      type: 'progress',
      stage: 'gather',
      rows: rowsWritten,
      ofRows: plan.rows,
      bytes: bytesWritten,
      memoryBytes: waiting.memory + context.pool.heldBytes,
      spilledBytes: waiting.spill,
    });
    const found = await checkWritten(context, planned, known.outputs, folder, written);
    findings.push(...found);
    const different = new Set(found.map(({ file }) => file));
    const right = written.filter(({ file }) => !different.has(file));
    // Their bytes are on the disk; without this, their names may not be after a loss of power.
    await context.plugins.storage.syncFolder(folder.shards);
    await Promise.all(right.map((shard) => journal.record({ type: 'shard', ...shard })));
    shards.push(...written);
    countPartitions(written);
  };

  for (const keep of cutPasses(planned, recovered)) {
    const scattered = await runStage(context, 'scatter', () =>
      scatterPass(context, planned, {
        keep,
        memoryBytes: memory.strategy === 'spill' ? 0 : Number.POSITIVE_INFINITY,
        spillFolder: memory.strategy === 'passes' ? undefined : folder.spill,
        fingerprint: sums === undefined,
        recycled,
        done: recovered.units,
        journal,
      }),
    );
    const chosen = await tuning;
    recycled = scattered.blocks.flatMap((block) => (block.kind === 'memory' ? [block.memory] : []));
    if (scattered.bad.length > 0) {
      if (sums === undefined) return scattered.bad;
      throw new RiffleError(
        'FILE_CHANGED',
        `Shard ${scattered.bad[0]!.path} of collection ${scattered.bad[0]!.collection} was readable when it was read first and is not now: it was changed since. Nothing was published.`,
      );
    }
    if (sums === undefined) {
      sums = { outputs: scattered.outputs, inputs: scattered.inputs };
      await journal.record(recordOfSums(sums));
    }
    const known = sums;
    const waiting = bytesWaiting(scattered.blocks);
    const isDone = (shard: number) => recovered.shards.has(shard);
    await runStage(context, 'gather', () => {
      const gathering = gatherBuckets(
        context,
        planned,
        chosen,
        scattered.blocks,
        keep,
        folder.shards,
        isDone,
        (written) => checkAndRecord(known, written, waiting),
      );
      // Behind the first shards.
      certified ??= certifyBeside(context, planned);
      return gathering;
    });
  }
  const files = withoutRepeats(shards);
  judge(context, files.length, findings);
  return { sums: sums!, shards: files, tuning: await tuning, certified: await certified };
}
