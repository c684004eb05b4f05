import type { JobOptions, Recipe, Survey } from '@riffle/core';
import { checkJob } from './preflight/check-job.ts';
import { asRiffleError, startJob } from './start-job.ts';
import { checkLosses } from './survey/check-losses.ts';
import { surveyStage } from './survey/survey-stage.ts';

/** Reads the metadata of all inputs and nothing else. @throws RiffleError */
export async function survey(recipe: Recipe, options: JobOptions): Promise<Survey> {
  const context = await startJob(recipe, options);
  try {
    await checkJob(recipe, context.plugins, options);
    const surveyed = await surveyStage(context);
    checkLosses({ ...recipe, maxLoss: 100 }, surveyed);
    return surveyed;
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
