import type { JobOptions, Recipe, Report } from '@riffle/core';
import type { JobContext } from './job-context.ts';
import { moveRows, type Moved } from './moving/move-rows.ts';
import { planStage, type Planned } from './planning/plan-stage.ts';
import { checkJob } from './preflight/check-job.ts';
import { checkDisk } from './publishing/check-disk.ts';
import { openEventLog } from './publishing/event-log.ts';
import { createRunFolder, stateFolder, type RunFolder } from './publishing/output-folder.ts';
import { publishStage } from './publishing/publish-stage.ts';
import { runStage } from './run-stage.ts';
import { asRiffleError, startJob } from './start-job.ts';
import { checkLosses } from './survey/check-losses.ts';
import { badShardError, noRowsError, surveyStage } from './survey/survey-stage.ts';
import { withoutShards } from './survey/without-shards.ts';

/** Plans, and plans anew without the shards that turn out bad, until a scatter finds none. */
async function moveAll(
  context: JobContext,
  planned: Planned,
  folder: RunFolder,
): Promise<{ readonly planned: Planned; readonly moved: Moved }> {
  let current = planned;
  for (;;) {
    const moved = await moveRows(context, current, folder);
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
    const survey = await runStage(context, 'survey', () => surveyStage(context));
    checkLosses(recipe, survey);
    const planned = await runStage(context, 'plan', () => planStage(context, survey));
    folder = await createRunFolder(
      storage,
      output,
      recipe.tempDir === undefined ? undefined : context.locate(recipe.tempDir),
      context.id,
    );
    await checkDisk(context, planned, folder);
    const done = await moveAll(context, planned, folder);
    const made = folder;
    const report = await runStage(context, 'publish', () => publishStage(context, done.planned, done.moved, made));
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
