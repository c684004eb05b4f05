import { RiffleError } from '@riffle/core';
import type { Terminal } from '../host.ts';
import { printableLine } from '../render/wording.ts';
import { WizardLeft } from '../wizard/back.ts';
import { shellQuote } from '../wizard/shell-quote.ts';
import type { WizardEnd } from '../wizard/wizard.ts';
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
  const end = await askOrLeave(call, terminal);
  if (end === undefined) {
    reporter.result(['Nothing was written.'], 'usual');
    return { exitCode: host.stoppedBy()?.exitCode ?? INTERRUPTED, document: undefined };
  }
  const file = printableLine(shellQuote(end.recipe));
  reporter.result([`Written: ${file}`], 'closing');
  if (end.next === 'run') {
    const { run } = await import('./run.ts');
    return run({ ...call, argument: end.recipe, arguments: [end.recipe] });
  }
  reporter.result([`Run it: riffle run ${file}`], 'usual');
  return { exitCode: 0, document: { ok: true, recipe: end.recipe } };
}

/** Undefined if the user left, or the program was stopped, before anything was written. */
async function askOrLeave(call: CommandCall, terminal: Terminal): Promise<WizardEnd | undefined> {
  const { runWizard } = await import('../wizard/wizard.ts');
  try {
    return await runWizard(call, terminal);
  } catch (error) {
    if (error instanceof WizardLeft || call.host.stoppedBy() !== undefined) return undefined;
    throw error;
  }
}
