import { resolve } from 'node:path';
import type { JobOptions, Recipe } from '@riffle/core';
import { createFileStorage } from '@riffle/storage-file';
import { availableCpus } from '../machine/available-cpus.ts';
import { freeMemory } from '../machine/free-memory.ts';
import { defaultPlugins } from '../plugins.ts';
import { locatePlugins } from '../recipe/locate-plugins.ts';
import { recipeDraft } from '../recipe/recipe-draft.ts';
import { readRecipeFile } from '../recipe/read-recipe-file.ts';
import { requireRecipe, resolveRecipe, type Resolution } from '../recipe/resolve-recipe.ts';
import type { CommandCall } from './command.ts';

export interface Job {
  readonly recipe: Recipe;
  readonly jobOptions: JobOptions;
  readonly resolution: Resolution;
}

/**
 * The job that a call asks for. If its recipe is wrong, the machine is looked at too, so that every problem is told at
 * once; if it is right, the pipeline does that.
 *
 * @throws RecipeInvalidError with every problem
 */
export async function readJob({ argument, flags, host, reporter }: CommandCall): Promise<Job> {
  const storage = createFileStorage();
  const file =
    argument === undefined ? undefined : await readRecipeFile(resolve(host.workingFolder, argument), storage);
  const baseFolder = file?.folder ?? host.workingFolder;
  const pathsStartAt = baseFolder === host.workingFolder ? undefined : host.workingFolder;
  const resolution = resolveRecipe({ file, flags, pathsStartAt });
  const jobOptions = { ...jobOptionsFor(host, reporter, baseFolder), resume: flags['resume'] === true };
  if (resolution.recipe !== undefined) {
    const plugins = locatePlugins(resolution.recipe.plugins, baseFolder);
    return { recipe: { ...resolution.recipe, plugins }, jobOptions, resolution };
  }
  const pipeline = await host.loadPipeline();
  const further = await pipeline.checkRecipe(recipeDraft(resolution.values), storage, jobOptions);
  return { recipe: requireRecipe(resolution, further), jobOptions, resolution };
}

/** What every job is given beside its recipe. */
export function jobOptionsFor(
  host: CommandCall['host'],
  reporter: CommandCall['reporter'],
  baseFolder: string,
): JobOptions {
  return {
    signal: host.signal,
    onEvent: (event) => reporter.onEvent(event),
    plugins: defaultPlugins(),
    availableCpus: availableCpus(),
    freeMemory: freeMemory(),
    baseFolder,
  };
}
