// `node tools/consumers/install-python.mjs`: the pinned Python packages, in virtual environments below `node_modules/.cache`.
// What is there already, by the hash of its requirements, is left as it is. Needs nothing but Node and Python.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  ENVIRONMENTS,
  areRequired,
  findPython,
  isInstalled,
  placesOf,
  wantedStamp,
  whatIsMissing,
} from './src/environments.mjs';

const missing = ENVIRONMENTS.filter((name) => !isInstalled(name));
const python = findPython();
if (missing.length === 0) {
  console.log(`The Python packages are installed: ${ENVIRONMENTS.join(', ')}.`);
} else if (python === undefined) {
  console.log(`The consumers in Python cannot be installed. ${whatIsMissing()}`);
  if (areRequired()) process.exitCode = 1;
} else {
  // Together, since each waits for the network half of the time.
  const results = await Promise.allSettled(missing.map((name) => install(name, python.command)));
  for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
    console.error(String(reason.message));
    process.exitCode = 1;
  }
}

/** Makes one environment anew. The stamp comes last, so what was cut off is made again. */
async function install(name, command) {
  const started = Date.now();
  const { folder, interpreter, stamp, requirements } = placesOf(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  await run(command, ['-m', 'venv', folder]);
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--require-hashes',
    // The lists are whole; what streaming asks for beside would take gigabytes.
    '--no-deps',
    '--only-binary',
    ':all:',
  ];
  await run(interpreter, [...pip, '--requirement', requirements]);
  writeFileSync(stamp, wantedStamp(name));
  console.log(`Installed ${name} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/** What the command wrote is shown only if it fails. */
function run(command, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (text += part));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(new Error(`${command} ${words.join(' ')} ended with ${status}:\n${text}`));
    });
  });
}
