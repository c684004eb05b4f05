import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const TOOL = fileURLToPath(new URL('..', import.meta.url));
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Two of `datasets`, since no single one is both of today and able to decode Audio without torch, and one for each other format: see `requirements/`. */
export const ENVIRONMENTS = ['datasets-5', 'datasets-3', 'webdataset', 'streaming'];

/** The oldest Python that the pinned packages run on. */
const MINIMUM_PYTHON = [3, 11];

/** Git ignores it, and a clean clone has none. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'riffle-consumers');

/** Where an environment is or will be: its folder, its interpreter, and the stamp that is written once it is complete. */
export function placesOf(name) {
  const folder = join(CACHE, name);
  const interpreter =
    process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  return {
    folder,
    interpreter,
    stamp: join(folder, 'riffle-stamp'),
    requirements: join(TOOL, 'requirements', `${name}.txt`),
  };
}

/** What the stamp of a complete environment must hold: the pinned requirements and the folder, which a virtual environment cannot leave. */
export function wantedStamp(name) {
  const { folder, requirements } = placesOf(name);
  return createHash('sha256').update(readFileSync(requirements)).update(folder).digest('hex');
}

export function isInstalled(name) {
  const { stamp, interpreter } = placesOf(name);
  return existsSync(stamp) && existsSync(interpreter) && readFileSync(stamp, 'utf8') === wantedStamp(name);
}

/** The machine's Python, if there is one that is new enough: its command and version. */
export function findPython() {
  const script = 'import sys; print("%d %d" % sys.version_info[:2])';
  for (const command of ['python3', 'python']) {
    const { status, stdout } = spawnSync(command, ['-c', script], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [major, minor] = stdout.split(' ').map(Number);
    if (major > MINIMUM_PYTHON[0] || (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]))
      return { command, version: `${major}.${minor}` };
  }
  return undefined;
}

/** True if consumers must be there: absence is a failure then, as in CI. */
export function areRequired(environment = process.env) {
  return environment['RIFFLE_CONSUMERS'] === 'required';
}

/** A sentence why what needs these environments cannot run, or undefined if it can. */
export function whatIsMissing(names = ENVIRONMENTS) {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return undefined;
  if (findPython() === undefined) return `There is no Python ${MINIMUM_PYTHON.join('.')} or newer on this machine.`;
  return `The Python packages are not installed (${missing.join(', ')}): run \`node tools/consumers/install-python.mjs\`.`;
}
