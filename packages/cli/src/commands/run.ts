import type { Report } from '@riffle/core';
import { loadHints } from '../render/load-hints.ts';
import { closingLine, summaryTable } from '../render/summary.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { readJob, type Job } from './read-recipe.ts';
import { inWordsOfTheUser } from './words-of-the-user.ts';

/** `riffle run`: the whole job. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const { recipe, jobOptions, resolution } = await readJob(call);
  const { run: runJob } = await call.host.loadPipeline();
  let bytesIn: number | undefined;
  const onEvent: typeof jobOptions.onEvent = (event) => {
    if (event.type === 'planned') bytesIn = event.plan.inputBytes;
    jobOptions.onEvent?.(event);
  };
  const report = await inWordsOfTheUser(resolution, () => runJob(recipe, { ...jobOptions, onEvent }));
  tell(call, recipe, report, bytesIn);
  return { exitCode: 0, document: report };
}

function tell({ reporter }: CommandCall, recipe: Job['recipe'], report: Report, bytesIn: number | undefined): void {
  reporter.result(summaryTable(report, bytesIn), 'usual');
  const first = report.shards[0];
  if (first !== undefined) reporter.result(loadHints(recipe.output, first.file), 'usual');
  reporter.result([closingLine(report, recipe)], 'closing');
}
