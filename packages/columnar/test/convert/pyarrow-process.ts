import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('pyarrow-casts.py', import.meta.url));
/** The environment of `tools/consumers`, whose pyarrow is pinned; else what the machine has. */
const pinned = fileURLToPath(
  new URL('../../../../node_modules/.cache/riffle-consumers/datasets-5/bin/python', import.meta.url),
);

/** A Python with pyarrow; undefined if there is none. */
export function findPyarrow(): string | undefined {
  const commands = [...(existsSync(pinned) ? [pinned] : []), 'python3'];
  return commands.find((command) => spawnSync(command, ['-c', 'import pyarrow']).status === 0);
}

/** As in `tools/consumers`: in CI, an absent Python is a failure. */
export const isPyarrowRequired = process.env['RIFFLE_CONSUMERS'] === 'required';

/** Runs `pyarrow-casts.py` in a folder. @throws Error with what it wrote if it fails. */
export function runCasts(command: string, folder: string): void {
  const { status, stderr } = spawnSync(command, [script, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`pyarrow-casts.py ended with ${status}:\n${stderr}`);
}
