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
