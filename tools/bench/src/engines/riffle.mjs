import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEED, SHARDS, THREADS } from './engine.mjs';

export const RIFFLE = fileURLToPath(new URL('bin/riffle.mjs', import.meta.resolve('@riffle/cli/package.json')));
const FOUR_CPUS = new URL('four-cpus.mjs', import.meta.url).href;

/** The flags of Riffle's side, for the command line and for the report. */
export const riffleFlags = [
  ['--shards', String(SHARDS)],
  ['--seed', SEED],
  ['--compression', 'snappy'],
  ['--memory', '1GB'],
  ['--workers', String(THREADS)],
].flat();

/**
 * Riffle with the bench's flags.
 * @param {readonly string[]} [extraFlags] Further flags, or others in place of the bench's.
 * @param {{ name?: string, title?: string, mostRuns?: (workload: string) => number, nodeFlags?: readonly string[] }} [variant]
 * @returns {import('./engine.mjs').Engine}
 */
export function riffle(extraFlags = [], { name = 'riffle', title = name, mostRuns, nodeFlags = [] } = {}) {
  const flags = withDefaults(extraFlags, riffleFlags);
  return {
    name,
    title,
    outputGlob: '*.parquet',
    shards: Number(flags[flags.lastIndexOf('--shards') + 1]),
    ...(mostRuns === undefined ? {} : { mostRuns }),
    command: (dataset, output, temporaryFolder) => ({
      program: process.execPath,
      args: [
        ...nodeFlags,
        RIFFLE,
        'run',
        ...inputFlags(dataset),
        '--output',
        output,
        ...withDefaults(extraFlags, [...riffleFlags, '--temp-dir', join(temporaryFolder, 'riffle')]),
        '--json',
      ],
    }),
    notes: (stdout) => ({ strategy: JSON.parse(stdout).strategy }),
  };
}

/** Riffle without reading back what it wrote: what the proof costs is the difference. */
export const riffleWithCounts = (extraFlags) =>
  riffle([...extraFlags, '--verify', 'counts'], {
    name: 'counts',
    title: 'riffle, counts',
    mostRuns: (workload) => ({ text: 3, tiny: 1 })[workload],
  });

/** For the shape of the curve: a few runs. Riffle takes no more workers than there are CPUs, so it is told that there are four. */
export const riffleWithWorkers = (extraFlags, workers) =>
  riffle([...extraFlags, '--workers', String(workers)], {
    name: `riffle-${workers}`,
    title: `riffle, ${workers} ${workers === 1 ? 'worker' : 'workers'}`,
    mostRuns: (workload) => (workload === 'text' || workload === 'tiny' ? 1 : 3),
    nodeFlags: workers > THREADS ? ['--import', FOUR_CPUS] : [],
  });

export function inputFlags({ collections }) {
  return collections.flatMap(({ name, path }) => ['--input', `${name}=${path}`]);
}

/** The budget that flags give, in bytes. */
export function budgetOf(extraFlags) {
  const flags = withDefaults(extraFlags, riffleFlags);
  return bytesOf(flags[flags.lastIndexOf('--memory') + 1]);
}

/** A size as `--memory` takes it, in MB or GB. */
export function bytesOf(size) {
  return Number.parseFloat(size) * (size.endsWith('GB') ? 1e9 : 1e6);
}

export function riffleIsBuilt() {
  return spawnSync(process.execPath, [RIFFLE, 'run', '--help']).status === 0;
}

/** A flag given by hand takes the place of the default one. */
function withDefaults(extraFlags, defaults) {
  const kept = [];
  for (let at = 0; at < defaults.length; at += 2)
    if (!extraFlags.includes(defaults[at])) kept.push(defaults[at], defaults[at + 1]);
  return [...kept, ...extraFlags];
}
