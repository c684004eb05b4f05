import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createJobRunner } from './job-runner.mjs';
import { makeInput, oldRecipe, recipeOf } from './make-job.mjs';
import { readOutput } from './read-output.mjs';

/**
 * Makes the input and does every job once undisturbed: what all others are compared with.
 *
 * @param {string} folder
 * @param {readonly string[]} variants
 * @param {'resume' | 'overwrite'} recovery
 */
export async function makeWorld(folder, variants, recovery) {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'in'))) await makeInput(folder);
  const runner = createJobRunner();
  const doJob = async (name, recipe) => {
    const place = join(folder, name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
    const { answer, stderr } = await runner.run({ recipe, folder: place });
    if (answer?.ok !== true)
      throw new Error(`The undisturbed job ${name} failed: ${stderr} ${JSON.stringify(answer?.error)}`);
    if (!answer.replanned) throw new Error(`The undisturbed job ${name} met no late corruption.`);
    return { place, answer, output: readOutput(place) };
  };
  const old = {
    ...(variants.includes('overwrite') ? { overwrite: await doJob('old', oldRecipe()) } : {}),
    ...(variants.includes('again') ? { again: await doJob('old-again', recipeOf('memory')) } : {}),
  };
  const worlds = new Map();
  for (const variant of variants) {
    const recipe = recipeOf(variant);
    const { answer, output } = await doJob(`undisturbed-${variant}`, recipe);
    const { calls, counts, scatters } = answer;
    const before = old[variant] === undefined ? {} : { before: old[variant].place, old: old[variant].output };
    worlds.set(variant, { runner, folder, recipe, recovery, undisturbed: output, calls, counts, scatters, ...before });
  }
  return { worlds, close: () => runner.close() };
}
