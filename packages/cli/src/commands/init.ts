import { RiffleError } from '@riffle/core';
import { printableLine } from '../render/wording.ts';
import { WizardLeft } from '../wizard/back.ts';
import { shellQuote } from '../wizard/shell-quote.ts';
import type { CommandCall, CommandResult } from './command.ts';

/** The exit status of Ctrl-C, which a terminal in raw mode gives as a key and not as a signal. */
const INTERRUPTED = 130;

/** `riffle init`: the wizard, and then the job if it is to run at once. @throws USAGE where nobody can be asked */
export async function init(call: CommandCall): Promise<CommandResult> {
  const { host, reporter } = call;
  const { terminal } = host;
  if (terminal === undefined) {
    const message =
      'riffle init asks questions, and standard input or standard error is no terminal. Nothing was written. Say it with flags: riffle run --input NAME=PATH --output DIR --shards N; riffle run --help lists them all.';
    throw new RiffleError('USAGE', message);
  }
  const { runWizard } = await import('../wizard/wizard.ts');
  try {
    const { next, recipe } = await runWizard(call, terminal);
    const file = shellQuote(recipe);
    reporter.result([`Written: ${printableLine(file)}`], 'closing');
    if (next === 'run') {
      const { run } = await import('./run.ts');
      return await run({ ...call, argument: recipe, arguments: [recipe] });
    }
    reporter.result([`Run it: riffle run ${printableLine(file)}`], 'usual');
    return { exitCode: 0, document: { ok: true, recipe } };
  } catch (error) {
    if (!(error instanceof WizardLeft)) throw error;
    reporter.result(['Nothing was written.'], 'usual');
    return { exitCode: host.stoppedBy()?.exitCode ?? INTERRUPTED, document: undefined };
  }
}
