import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * One function's own time, summed over the threads of one kind.
 * @typedef {object} SelfTime
 * @property {string} function Name and place.
 * @property {number} seconds
 */

/**
 * Reads every profile that `node --cpu-prof` left in a folder. Thread 0 of a process is its main thread, all others are workers.
 * @param {string} folder
 * @returns {Record<'main' | 'workers', { threads: number, seconds: number, functions: SelfTime[] }>}
 */
export function selfTimes(folder) {
  const kinds = {
    main: { threads: 0, seconds: 0, byFunction: new Map() },
    workers: { threads: 0, seconds: 0, byFunction: new Map() },
  };
  for (const name of /** @type {const} */ (['main', 'workers']))
    for (const profile of readProfiles(folder, name)) addProfile(kinds[name], profile);
  return Object.fromEntries(
    Object.entries(kinds).map(([name, { threads, seconds, byFunction }]) => [
      name,
      {
        threads,
        seconds,
        functions: [...byFunction]
          .map(([key, time]) => ({ function: key, seconds: time }))
          .toSorted((a, b) => b.seconds - a.seconds),
      },
    ]),
  );
}

/**
 * The profiles of one kind of threads, one after the other.
 * @param {string} folder
 * @param {'main' | 'workers'} kind
 */
export function* readProfiles(folder, kind) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    // CPU.<date>.<time>.<process>.<thread>.<number>.cpuprofile
    const isMain = file.split('.')[4] === '0';
    if (isMain === (kind === 'main')) yield JSON.parse(readFileSync(join(folder, file), 'utf8'));
  }
}

/** The event loop, where workers wait for a task as well. */
const waiting = /^\(idle\)$/;

function addProfile(kind, { nodes, samples, timeDeltas }) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  kind.threads++;
  samples.forEach((id, index) => {
    const name = names.get(id);
    const seconds = Math.max(0, timeDeltas[index]) / 1e6;
    if (waiting.test(name)) return;
    kind.seconds += seconds;
    kind.byFunction.set(name, (kind.byFunction.get(name) ?? 0) + seconds);
  });
}

function nameOf({ functionName, url, lineNumber }) {
  const name = functionName || '(anonymous)';
  if (name.startsWith('(') && url === '') return name;
  return `${name}  ${url.startsWith('wasm:') ? 'wasm' : `${basename(url)}:${lineNumber + 1}`}`;
}
