import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './environments.mjs';

/** The binary, as people run it. */
export const RIFFLE = join(ROOT, 'packages/cli/bin/riffle.mjs');

/**
 * Runs a whole job by the binary. Returns its report.
 *
 * @param inputs By name of the collection, its folder.
 */
export async function runRiffle(inputs, output, ...flags) {
  const named = Object.entries(inputs).flatMap(([name, folder]) => ['--input', `${name}=${folder}`]);
  const words = [RIFFLE, 'run', ...named, '--output', output, '--json', ...flags];
  const { stdout } = await promisify(execFile)(process.execPath, words, { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout);
}

/** Runs a command of the binary with `--json`, which may fail. Returns its exit status, its document, and its lines for people. */
export async function askRiffle(...words) {
  const run = promisify(execFile)(process.execPath, [RIFFLE, ...words, '--json'], { maxBuffer: 2 ** 26 });
  const { code = 0, stdout, stderr } = await run.catch((error) => error);
  return { status: code, document: JSON.parse(stdout), lines: stderr.split('\n') };
}
