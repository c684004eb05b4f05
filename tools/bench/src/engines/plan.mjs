import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { inputFlags, RIFFLE } from './riffle.mjs';

/** `riffle plan` of a dataset, as its words behind `node`. */
export function planWords(dataset, folder, flags) {
  return [RIFFLE, 'plan', ...inputFlags(dataset), '--output', join(folder, 'planned'), ...flags, '--json'];
}

/** What `riffle plan` says, as JSON: a plan, or `ok: false` and the error. */
export function planOf(dataset, folder, flags) {
  const { stdout, stderr } = spawnSync(process.execPath, planWords(dataset, folder, flags), {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (stdout === '') throw new Error(`riffle plan said nothing:\n${stderr}`);
  return JSON.parse(stdout);
}
