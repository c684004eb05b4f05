import { RiffleError, type Inspection, counted } from '@riffle/core';
import { wrapped } from '../render/fit.ts';
import { inspectionLines, problemLines } from '../render/inspection.ts';
import type { CommandCall, CommandResult } from './command.ts';
import { jobOptionsFor } from './read-recipe.ts';

/** Lines that go into a file or a pipe. */
const WIDTH_OF_A_FILE = 120;

/** @throws USAGE if it is no number */
function rowsAsked(text: unknown): { readonly rows?: number } {
  if (text === undefined) return {};
  if (typeof text !== 'string' || !/^\d{1,9}$/.test(text))
    throw new RiffleError('USAGE', `--rows ${String(text)} must be a whole number from 0 to 1000.`);
  return { rows: Number(text) };
}

function closingLine({ paths }: Inspection): string {
  const rows = paths.reduce((sum, path) => sum + path.rows, 0);
  const problems = paths.reduce((sum, path) => sum + path.lost.length + path.problems.length, 0);
  const found = problems === 0 ? 'no problems' : counted(problems, 'problem');
  return `Inspected: ${counted(paths.length, 'path')}, ${counted(rows, 'row')}; ${found}`;
}

/** `riffle inspect`: what files, folders and results hold. A broken file is something it tells, and no failure. */
export async function inspect(call: CommandCall): Promise<CommandResult> {
  const { flags, host, reporter } = call;
  const request = rowsAsked(flags['rows']);
  const { inspect: inspectPaths } = await host.loadPipeline();
  const options = { ...jobOptionsFor(host, reporter, host.workingFolder), ...request };
  const inspection = await inspectPaths(call.arguments, options);
  const width = host.stderr.columns ?? WIDTH_OF_A_FILE;
  for (const path of inspection.paths) {
    reporter.result([...inspectionLines(path, width), ''], 'usual');
    const problems = problemLines(path, width);
    if (problems.length > 0) reporter.result([...problems, ''], 'bad');
  }
  reporter.result(wrapped(closingLine(inspection), width), 'closing');
  return { exitCode: 0, document: inspection };
}
