import { planDocument } from '../render/plan-table.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { readJob } from './read-recipe.ts';
import { inWordsOfTheUser } from './words-of-the-user.ts';

/** `riffle plan`: everything up to the plan, which the reporter shows as it is made. */
export async function plan(call: CommandCall): Promise<CommandResult> {
  const { recipe, jobOptions, resolution } = await readJob(call);
  const { plan: planJob } = await call.host.loadPipeline();
  const made = await inWordsOfTheUser(resolution, () => planJob(recipe, jobOptions));
  call.reporter.result(['Planned only: no data was moved, and the output folder is as it was.'], 'closing');
  return { exitCode: 0, document: planDocument(made) };
}
