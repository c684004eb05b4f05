import { resolve } from 'node:path';
import type { Report } from '@riffle/core';
import { beginJob } from '../after-failure/explain-failure.ts';
import { loadHints } from '../render/load-hints.ts';
import { shownPath } from '../render/shown-path.ts';
import { closingLine, summaryTable } from '../render/summary.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { readJob, type Job } from './read-recipe.ts';
import { inWordsOfTheUser } from './words-of-the-user.ts';

/** `riffle run`: the whole job. */
export async function run(call: CommandCall): Promise<CommandResult> {
  const job = await readJob(call);
  const { recipe, jobOptions, resolution } = job;
  call.begun(await beginJob(recipe, jobOptions.baseFolder));
  const { run: runJob } = await call.host.loadPipeline();
  let bytesIn: number | undefined;
  const onEvent: typeof jobOptions.onEvent = (event) => {
    if (event.type === 'planned') bytesIn = event.plan.inputBytes;
    jobOptions.onEvent?.(event);
  };
  const report = await inWordsOfTheUser(resolution, () => runJob(recipe, { ...jobOptions, onEvent }));
  tell(call, job, report, bytesIn);
  return { exitCode: 0, document: report };
}

function tell(
  { reporter, host }: CommandCall,
  { recipe, jobOptions: { baseFolder } }: Job,
  report: Report,
  bytesIn: number | undefined,
): void {
  const output = shownPath(resolve(baseFolder, recipe.output), host.workingFolder);
  reporter.result(['', ...summaryTable(report, bytesIn, reporter.width()), ''], 'usual');
  const first = report.shards[0];
  if (first !== undefined) reporter.result([...loadHints(output, first.file), ''], 'usual');
  reporter.result([closingLine(report, { ...recipe, output })], 'closing');
}
