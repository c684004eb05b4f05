import {
  RiffleError,
  type Finding,
  type JobOptions,
  type JsonValue,
  type LostShard,
  type Recipe,
  type Report,
  type StageName,
} from '@riffle/core';
import { fingerprintHex } from '@riffle/columnar';
import type { JobContext } from './job-context.ts';
import { gatherBuckets } from './moving/gather-stage.ts';
import type { WrittenShard } from './moving/open-shard.ts';
import { scatterPass, type Scattered } from './moving/scatter-stage.ts';
import { planStage, type Planned } from './planning/plan-stage.ts';
import { checkJob } from './preflight/check-job.ts';
import {
  createRunFolder,
  manifestName,
  moveIntoPlace,
  stateFolder,
  writeDurably,
  type RunFolder,
} from './publishing/output-folder.ts';
import { openEventLog } from './publishing/event-log.ts';
import { allLost, collectionReports, makeManifest } from './publishing/make-manifest.ts';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';
import { checkLosses } from './survey/check-losses.ts';
import { badShardError, noRowsError, surveyStage } from './survey/survey-stage.ts';
import { withoutShards } from './survey/without-shards.ts';

async function stage<Result>(
  { emit, signal }: JobContext,
  name: StageName,
  work: () => Promise<Result>,
): Promise<Result> {
  const start = performance.now();
  emit({ type: 'stage-started', stage: name });
  signal?.throwIfAborted();
  const result = await work();
  emit({ type: 'stage-finished', stage: name, seconds: (performance.now() - start) / 1000 });
  return result;
}

/** Groups of buckets, one a pass. */
function cutPasses({ plan }: Planned): readonly (readonly [number, number])[] {
  const units = plan.buckets.count / plan.buckets.bucketsPerShard;
  const unitsPerPass = Math.ceil(units / plan.memory.passes);
  return Array.from({ length: Math.ceil(units / unitsPerPass) }, (_, pass) => [
    pass * unitsPerPass * plan.buckets.bucketsPerShard,
    Math.min(units, (pass + 1) * unitsPerPass) * plan.buckets.bucketsPerShard,
  ]);
}

interface Moved {
  readonly first: Scattered;
  readonly shards: readonly WrittenShard[];
  readonly tuning: JsonValue;
}

/** Reads a shard back right after it was written, while others are being written. */
async function checkWritten(
  context: JobContext,
  planned: Planned,
  first: Scattered,
  folder: RunFolder,
  shards: readonly WrittenShard[],
): Promise<readonly Finding[]> {
  const { plan } = planned;
  const words = first.outputs.words();
  const { findings } = await context.pool.run('check', {
    shards: shards.map(({ shard, file, rows, bytes }) => ({
      file,
      rows,
      bytes,
      schema: plan.treaty,
      location: context.plugins.storage.join(folder.shards, file),
      ...(context.recipe.verify === 'full' ? { fingerprint: fingerprintHex(words, shard) } : {}),
    })),
    depth: context.recipe.verify,
    targetBatchBytes: plan.memory.readBatchBytes,
  });
  return findings;
}

/** Scatter, gather and check, pass by pass. Returns the bad shards instead if scatter met any. */
async function move(context: JobContext, planned: Planned, folder: RunFolder): Promise<Moved | readonly LostShard[]> {
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
    const scattered = await stage(context, 'scatter', () =>
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
    await stage(context, 'gather', () =>
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
  return { first: first!, shards, tuning: await tuning };
}

/** Plans, and plans anew without the shards that turn out bad, until a scatter finds none. */
async function moveAll(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
): Promise<{ readonly planned: Planned; readonly moved: Moved }> {
  let current = planned;
  for (;;) {
    const moved = await move(context, current, folder);
    if ('first' in moved) return { planned: current, moved };
    for (const lost of moved) context.emit({ type: 'shard-lost', lost });
    if (context.recipe.onBadShard === 'fail') throw badShardError(moved[0]!);
    context.emit({ type: 'replanning', lost: moved });
    const survey = withoutShards(current.plan.survey, moved);
    if (survey.rows === 0) throw noRowsError(survey.collections);
    checkLosses(context.recipe, survey);
    current = await planStage(context, survey, true);
  }
}

async function publish(
  context: StartedJob,
  planned: Planned,
  { first, shards, tuning }: Moved,
  folder: RunFolder,
): Promise<Report> {
  const { storage, writer, readers } = context.plugins;
  const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
  const reader = readers.find((candidate) => candidate.extensions.includes(writer.extension))?.name ?? '';
  const manifest = makeManifest({
    planned,
    tuning,
    outputs: first.outputs,
    inputs: first.inputs,
    shards,
    reader,
    writer: writer.name,
    startedAt: context.startedAt,
    peakMemoryBytes,
  });
  await moveIntoPlace(storage, folder, planned.plan.shards, writer.extension);
  await writeDurably(storage, folder.state, manifestName, `${JSON.stringify(manifest, undefined, 1)}\n`);
  const { survey, memory, rows } = planned.plan;
  return {
    ok: true,
    rows,
    shards: shards.map(({ file, rows: shardRows, bytes, sha256 }) => ({ file, rows: shardRows, bytes, sha256 })),
    collections: collectionReports(survey),
    lost: allLost(survey).map(({ status: _status, ...lost }) => lost),
    peakMemoryBytes,
    strategy: memory.strategy,
    seconds: manifest.run.seconds,
  };
}

/**
 * The whole job: survey, plan, scatter, gather, verify, publish. Nothing is at a final name until everything is verified.
 * @throws RiffleError, with the output folder as it was before except for `.riffle/log.jsonl`.
 */
export async function run(recipe: Recipe, options: JobOptions): Promise<Report> {
  let log: Awaited<ReturnType<typeof openEventLog>> | undefined;
  const early: Parameters<NonNullable<JobOptions['onEvent']>>[0][] = [];
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => {
      if (log === undefined) early.push(event);
      else log.record(event);
      options.onEvent?.(event);
    },
  });
  const { storage } = context.plugins;
  let folder: RunFolder | undefined;
  try {
    await checkJob(recipe, storage, options);
    const output = context.locate(recipe.output);
    log = await openEventLog(storage, storage.join(output, stateFolder));
    for (const event of early) log.record(event);
    const survey = await stage(context, 'survey', () => surveyStage(context));
    checkLosses(recipe, survey);
    const planned = await stage(context, 'plan', () => planStage(context, survey));
    folder = await createRunFolder(
      storage,
      output,
      recipe.tempDir === undefined ? undefined : context.locate(recipe.tempDir),
      context.id,
    );
    await checkDisk(context, planned, folder);
    const done = await moveAll(context, planned, folder);
    const made = folder;
    const report = await stage(context, 'publish', () => publish(context, done.planned, done.moved, made));
    context.emit({ type: 'published', output, report });
    return report;
  } catch (error) {
    const known = asRiffleError(error, options.signal);
    log?.fail(known);
    throw known;
  } finally {
    await context.close();
    await folder?.remove();
    await log?.close();
  }
}

/** @throws `DISK_TOO_SMALL` before anything is read twice. */
async function checkDisk(context: JobContext, { plan }: Planned, folder: RunFolder): Promise<void> {
  const { storage } = context.plugins;
  const spillFree = await storage.freeSpace(folder.spill);
  const outputFree = await storage.freeSpace(folder.shards);
  const together = context.recipe.tempDir === undefined;
  const needed = plan.estimatedOutputBytes + (together ? plan.memory.estimatedSpillBytes : 0);
  const tooSmall = (where: string, need: number, free: number) =>
    new RiffleError(
      'DISK_TOO_SMALL',
      `${where} needs about ${need} bytes and has ${free} free. Free some space, choose another place, or take less temporary disk with --strategy passes.`,
      { needed: need, free },
    );
  if (outputFree !== undefined && needed > outputFree)
    throw tooSmall(`The output folder ${folder.output}`, needed, outputFree);
  if (!together && spillFree !== undefined && plan.memory.estimatedSpillBytes > spillFree)
    throw tooSmall(`The temp folder ${folder.spill}`, plan.memory.estimatedSpillBytes, spillFree);
}
