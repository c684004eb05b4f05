import { resolve } from 'node:path';
import { createFileStorage } from '@riffle/storage-file';
import { saveRecipe } from '../recipe/save-recipe.ts';
import { planDocument } from '../render/plan-document.ts';
import { strategyTable } from '../render/strategy-table.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { readJob } from './read-recipe.ts';
import { inWordsOfTheUser } from './words-of-the-user.ts';

/** `riffle plan`: everything up to the plan, which the reporter shows as it is made. */
export async function plan(call: CommandCall): Promise<CommandResult> {
  const { recipe, jobOptions, resolution } = await readJob(call);
  const { plan: planJob } = await call.host.loadPipeline();
  const made = await inWordsOfTheUser(resolution, () => planJob(recipe, jobOptions));
  const { saveRecipe: saveTo } = call.flags;
  call.reporter.result([...strategyTable(made, call.reporter.width()), ''], 'usual');
  const closing = ['Planned only: no data was moved, and the output folder is as it was.'];
  if (typeof saveTo === 'string') {
    const location = resolve(call.host.workingFolder, saveTo);
    const { values } = resolution;
    const settled = { values, recipe, baseFolder: jobOptions.baseFolder, rules: made.settledRules };
    await saveRecipe(settled, location, createFileStorage());
    closing.push(`The recipe with the columns as agreed is in ${saveTo}.`);
  }
  call.reporter.result(closing, 'closing');
  return { exitCode: 0, document: planDocument(made) };
}
