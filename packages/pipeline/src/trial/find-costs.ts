import { createDeal, planBuckets } from '@riffle/shuffler';
import type { JobCosts, MemoryPlan, Survey, WorkKind } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { SampleTask } from '../planning/sample.ts';
import type { TryTask } from './try-work.ts';

/** When a trial is made: see `PlanOptions`. */
export type Trial = 'always' | 'worthwhile';

/** A trial takes about a second: no more than 2 % of a job that is estimated to take so long. */
const worthwhileSeconds = 50;
/** Rows are dealt to no more buckets than this: few rows are tried, and segments of a handful would say nothing of a job. */
const mostBuckets = 64;

/** What is tried, if there is anything: the beginning of a file of middle place in the largest collection. */
function tryTask(
  { recipe, locate }: JobContext,
  { sample, rows }: { readonly sample: SampleTask; readonly rows: number },
): TryTask | undefined {
  const largest = sample.collections.toSorted((one, other) => other.rows - one.rows)[0];
  const place = largest?.places[0];
  if (place === undefined) return undefined;
  const shards = Math.min(recipe.shards, mostBuckets);
  return {
    place,
    move: {
      treaty: sample.treaty,
      conversions: sample.conversions,
      rows,
      shards,
      seed: recipe.seed,
      buckets: planBuckets(createDeal(rows, shards), rows / mostBuckets),
    },
    limits: sample.limits,
    compression: recipe.compression,
    profile: recipe.profile,
    rowGroupBytes: recipe.rowGroupBytes,
    folder: locate(recipe.tempDir ?? recipe.output),
  };
}

/**
 * What the work of a job costs: as tried, if that pays, else `assumed`. A trial that fails says nothing, since the job will find out by itself.
 *
 * @param plan what would be done if costs were as assumed
 */
export async function findCosts(
  context: JobContext,
  job: { readonly sample: SampleTask; readonly survey: Survey; readonly rows: number },
  assumed: JobCosts,
  plan: MemoryPlan,
  trial: Trial = 'worthwhile',
): Promise<JobCosts> {
  const possible = plan.options.filter(({ cost }) => cost !== undefined);
  // What fits in memory with all workers is never slower than what does the same and more.
  const isOpen = context.recipe.strategy === 'auto' && possible.length > 1 && plan.strategy !== 'memory';
  const seconds = possible.find(({ strategy }) => strategy === plan.strategy)?.cost?.seconds ?? 0;
  const task = trial === 'always' || (isOpen && seconds >= worthwhileSeconds) ? tryTask(context, job) : undefined;
  if (task === undefined) return assumed;
  const { tried } = await context.pool.run('try', task);
  if (tried === undefined) return assumed;
  const { secondsPerByte, diskSpeed } = tried;
  const whole = Object.entries(secondsPerByte).map(([kind, perByte]) => [kind, perByte * assumed.amounts.bytes]);
  return {
    ...assumed,
    basis: 'measured',
    seconds: Object.fromEntries(whole) as Record<WorkKind, number>,
    diskSpeed,
  };
}
