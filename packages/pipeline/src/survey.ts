import type { JobOptions, Recipe, Survey } from '@riffle/core';
import { checkJob } from './preflight/check-job.ts';
import { asRiffleError, startJob } from './start-job.ts';
import { surveyStage } from './survey/survey-stage.ts';

/** Reads the metadata of all inputs and nothing else. @throws RiffleError */
export async function survey(recipe: Recipe, options: JobOptions): Promise<Survey> {
  const context = await startJob(recipe, options);
  try {
    await checkJob(recipe, context.plugins.storage, options);
    return await surveyStage(context);
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
