import { isRiffleError, nearestWord, RiffleError } from '@riffle/core';
import { CommanderError } from 'commander';
import type { BegunJob } from './after-failure/explain-failure.ts';
import { refuseUnfinished } from './commands/unfinished.ts';
import type { LogFormat } from './flags/output-flags.ts';
import type { Host } from './host.ts';
import { createProgram, type ParsedCall } from './program.ts';
import type { Reporter, ReporterOptions } from './render/reporter.ts';
import { version } from './version.ts';

/**
 * The whole command line. Writes what is to be written and returns the exit status; never throws, never exits.
 *
 * @param words the command line without the program's name
 */
export async function main(words: readonly string[], host: Host): Promise<number> {
  let parsed: ParsedCall | undefined;
  // Until the words are understood, only they tell how an error is to be shown.
  let options: ReporterOptions = { quiet: false, verbose: words.includes('--verbose'), format: 'text' };
  let json = words.includes('--json');
  let reporter: Reporter | undefined;
  let job: BegunJob | undefined;
  try {
    parsed = parse(words, host);
    if (parsed === undefined) return 0;
    // Help and version are answered by now, and need none of this.
    const { createReporter } = await import('./render/reporter.ts');
    const { command, flags } = parsed;
    // A command without code has no flags of its own, and is still asked for JSON.
    if (command.load !== undefined) json = flags['json'] === true;
    options = {
      quiet: flags['quiet'] === true,
      verbose: flags['verbose'] === true,
      format: (flags['logFormat'] as LogFormat | undefined) ?? 'text',
    };
    reporter = createReporter(host, options);
    refuseUnfinished(command);
    const execute = await command.load!();
    const { exitCode, document } = await execute({
      argument: parsed.argument,
      arguments: parsed.arguments,
      flags,
      host,
      reporter,
      begun: (begun) => (job = begun),
    });
    if (json) await writeDocument(host, document);
    return exitCode;
  } catch (error) {
    const stopped = host.stoppedBy();
    const told = stopped === undefined ? error : stoppedError(error, stopped.name);
    if (reporter === undefined) {
      const { createReporter } = await import('./render/reporter.ts');
      reporter = createReporter(host, options);
    }
    const { explainFailure } = await import('./after-failure/explain-failure.ts');
    const failed = { error: told, words, job, stage: reporter.stage(), resumable: reporter.resumable() };
    reporter.error(told, await explainFailure(failed, host));
    if (json) await writeDocument(host, (await import('./render/error-text.ts')).errorDocument(told));
    return stopped?.exitCode ?? (isRiffleError(error) ? error.exitCode : 1);
  }
}

async function writeDocument(host: Host, document: unknown): Promise<void> {
  const { printableJson } = await import('./render/wording.ts');
  host.stdout.write(`${printableJson(document, host.stdout.isTTY ? 2 : undefined)}\n`);
}

/** Undefined if the parser has answered by itself, with help or the version. */
function parse(words: readonly string[], host: Host): ParsedCall | undefined {
  let call: ParsedCall | undefined;
  const output = { help: (text: string) => host.stdout.write(text), columns: host.stdout.columns };
  try {
    const program = createProgram((parsed) => (call = parsed), version(), output);
    // Whoever says nothing is asked, if there is somebody to ask.
    const asked = words.length === 0 && host.terminal !== undefined && host.stdout.isTTY ? ['init'] : words;
    if (asked.length === 0) program.outputHelp();
    else program.parse([...asked], { from: 'user' });
    return call;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    const message = error.message
      .replace(/^error: /, '')
      .replace(/\n\((.*)\)$/, ' ($1)')
      .replace(/\.$/, '')
      .replace(
        /(?:argument|value) '(.*)' is invalid.*\. Allowed choices are (.*)$/s,
        (text, given: string, choices: string) => {
          const nearest = nearestWord(given, choices.split(', '));
          return nearest === undefined ? text : `${text} (Did you mean ${nearest}?)`;
        },
      );
    throw new RiffleError('USAGE', `${message}. Run \`riffle --help\` to see what can be given.`);
  }
}

/** What was thrown because a signal stopped the job is told as that; another failure stays what it is. */
function stoppedError(error: unknown, signal: string): unknown {
  const because = isRiffleError(error)
    ? error.code === 'CANCELLED'
    : error instanceof Error && error.name === 'AbortError';
  return because ? new RiffleError('CANCELLED', `Stopped by ${signal}.`, { signal }) : error;
}
