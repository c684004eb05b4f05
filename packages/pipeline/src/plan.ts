import type { JobOptions, Plan, Recipe } from '@riffle/core';
import { checkJob } from './preflight/check-job.ts';
import { planStage } from './planning/plan-stage.ts';
import type { Trial } from './trial/find-costs.ts';
import { asRiffleError, startJob } from './start-job.ts';
import { checkLosses } from './survey/check-losses.ts';
import { surveyStage } from './survey/survey-stage.ts';

export interface PlanOptions extends JobOptions {
  /**
   * When disk and codecs of this machine are tried for about a second: `always`, or if that is little against the time of the job and may change
   * what strategy is chosen, as in a run; the latter is the default.
   */
  readonly trial?: Trial | undefined;
}

/**
 * Survey and plan, stopping before data is moved. Leaves nothing in the output folder, and warns where a run would be refused for what is in there.
 * @throws RiffleError
 */
export async function plan(recipe: Recipe, options: PlanOptions): Promise<Plan> {
  const context = await startJob(recipe, options);
  try {
    await checkJob(recipe, context.plugins, options, ({ message }) =>
      context.warn(`A run would be refused as things are. ${message}`),
    );
    const surveyed = await surveyStage(context);
    checkLosses(recipe, surveyed);
    return (await planStage(context, surveyed, { trial: options.trial })).plan;
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
