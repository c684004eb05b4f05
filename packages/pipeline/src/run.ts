import type { JobOptions, LostShard, Plan, Recipe, Report, RiffleError, RiffleEvent } from '@riffle/core';
import { moveRows, type Moved } from './moving/move-rows.ts';
import { planStage, type Planned } from './planning/plan-stage.ts';
import { checkJob } from './preflight/check-job.ts';
import { checkDisk } from './publishing/check-disk.ts';
import { stateFolder } from './publishing/output-folder.ts';
import { explainFullDisk, isFullDisk } from './publishing/explain-full-disk.ts';
import { publishStage } from './publishing/publish-stage.ts';
import { loadReport } from './publishing/write-report.ts';
import { writeLosses } from './publishing/write-losses.ts';
import { endWork, type Work } from './resuming/begin-work.ts';
import { isResumable } from './resuming/is-resumable.ts';
import { identityDigest, jobIdentity } from './resuming/job-identity.ts';
import { openOutput, type OpenOutput } from './resuming/open-output.ts';
import { recover } from './resuming/recover.ts';
import { nothingRecovered } from './resuming/recovered.ts';
import { runStage } from './run-stage.ts';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';
import { checkLosses, checkReport } from './survey/check-losses.ts';
import { surveyStage } from './survey/survey-stage.ts';
import { withoutShards } from './survey/without-shards.ts';

/** Moves all rows, and plans anew without the shards that turn out bad, until a scatter finds none. */
async function moveAll(
  context: StartedJob,
  planned: Planned,
  work: Work,
): Promise<{ readonly planned: Planned; readonly moved: Moved }> {
  const { storage } = context.plugins;
  let current = planned;
  let recovered = await recover(context, current, work.folder, work.records);
  await checkDisk(context, current, work.folder, recovered);
  for (;;) {
    context.pool.limitTo(current.plan.memory.workers);
    const moving = moveRows(context, current, work, recovered);
    // Once the workers have been given something to do.
    setImmediate(loadReport);
    const moved = await moving;
    if ('sums' in moved) return { planned: current, moved };
    for (const lost of moved) context.emit({ type: 'shard-lost', lost });
    const survey = withoutShards(current.plan.survey, moved);
    await writeLosses(storage, work.folder.state, survey);
    checkLosses(context.recipe, survey);
    context.emit({ type: 'replanning', lost: moved });
    await work.journal.record({ type: 'lost', lost: moved });
    recovered = nothingRecovered;
    await storage.remove(work.folder.spill);
    await storage.makeFolder(work.folder.spill);
    current = await planStage(context, survey, { afterLosses: true });
  }
}

/** Everything from the survey on, in an output folder that is ours. */
async function runIn(opened: OpenOutput, context: StartedJob, begun: (work: Work) => void): Promise<Report> {
  const { recipe } = context;
  const { storage } = context.plugins;
  const state = storage.join(opened.output, stateFolder);
  const survey = await runStage(context, 'survey', () => surveyStage(context));
  const identity = jobIdentity(recipe, survey);
  const finished = await opened.finishedResult(identity);
  if (finished !== undefined) {
    checkReport(recipe, finished);
    return finished;
  }
  await writeLosses(storage, state, survey);
  checkLosses(recipe, survey);
  const work = await opened.beginWork(identity);
  begun(work);
  const known = work.records.flatMap((entry) => (entry.type === 'lost' ? (entry.lost as readonly LostShard[]) : []));
  for (const lost of known) context.emit({ type: 'shard-lost', lost });
  const left = withoutShards(survey, known);
  if (known.length > 0) {
    await writeLosses(storage, state, left);
    checkLosses(recipe, left);
  }
  const planned = await runStage(context, 'plan', () => planStage(context, left, { afterLosses: known.length > 0 }));
  const done = await moveAll(context, planned, work);
  // Threads end, and their memory is given back, while the result is published.
  void context.close();
  const job = identityDigest(identity);
  return runStage(context, 'publish', () => publishStage(context, done.planned, done.moved, work, job));
}

/** A full disk is told with what the job needs and what is free. */
async function withFacts(
  { plugins, recipe, locate }: StartedJob,
  error: RiffleError,
  plan: Plan | undefined,
): Promise<RiffleError> {
  if (!isFullDisk(error)) return error;
  const tempFolder = recipe.tempDir === undefined ? undefined : locate(recipe.tempDir);
  const location = String(error.details['location'] ?? locate(recipe.output));
  const free = await plugins.storage.freeSpace(location).catch(() => undefined);
  return explainFullDisk(error, { plan, tempFolder, free });
}

/**
 * The whole job: survey, plan, scatter, gather, verify, publish. Nothing is at a final name until everything is verified.
 * @throws RiffleError. The output folder is then as it was before, except for `log.jsonl` and `lost.jsonl` in `.riffle` and, after the event `resumable`, the
 * work that another run with `resume` goes on with. A failure while publishing leaves no manifest, and is resumable.
 */
export async function run(recipe: Recipe, options: JobOptions): Promise<Report> {
  let opened: OpenOutput | undefined;
  let work: Work | undefined;
  let plan: Plan | undefined;
  let keep = false;
  const early: RiffleEvent[] = [];
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => {
      if (opened === undefined) early.push(event);
      else opened.log.record(event);
      if (event.type === 'planned') ({ plan } = event);
      options.onEvent?.(event);
    },
  });
  try {
    await checkJob(recipe, context.plugins, options);
    opened = await openOutput(context, options.resume === true);
    for (const event of early) opened.log.record(event);
    const report = await runIn(opened, { ...context, memory: opened.memory }, (begun) => (work = begun));
    context.emit({ type: 'published', output: opened.output, report });
    return report;
  } catch (error) {
    const known = await withFacts(context, asRiffleError(error, options.signal), plan);
    keep = work !== undefined && isResumable(known) && work.journal.isWorthKeeping();
    if (keep) context.emit({ type: 'resumable' });
    opened?.log.fail(known);
    throw known;
  } finally {
    await context.close();
    if (work !== undefined) await endWork(context.plugins.storage, work, keep);
    await opened?.close();
  }
}
