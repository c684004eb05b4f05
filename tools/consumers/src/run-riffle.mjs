import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './environments.mjs';

/** The binary, as people run it. */
export const RIFFLE = join(ROOT, 'packages/cli/bin/riffle.mjs');

/**
 * Runs a whole job by the binary. Returns its report, with the warnings that it told.
 *
 * @param inputs By name of the collection, its folder.
 */
export async function runRiffle(inputs, output, ...flags) {
  const named = Object.entries(inputs).flatMap(([name, folder]) => ['--input', `${name}=${folder}`]);
  const words = [RIFFLE, 'run', ...named, '--output', output, '--json', ...flags];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { maxBuffer: 2 ** 26 });
  return { ...JSON.parse(stdout), warnings: warningsIn(stderr) };
}

/** Runs a command of the binary with `--json`, which may fail. Returns its exit status, its document, and the warnings that it told. */
export async function askRiffle(...words) {
  const run = promisify(execFile)(process.execPath, [RIFFLE, ...words, '--json'], { maxBuffer: 2 ** 26 });
  const { code = 0, stdout, stderr } = await run.catch((error) => error);
  return { status: code, document: JSON.parse(stdout), warnings: warningsIn(stderr) };
}

/** They are told to people only. */
function warningsIn(stderr) {
  return stderr.split('\n').flatMap((line) => (line.startsWith('Warning: ') ? [line.slice('Warning: '.length)] : []));
}
