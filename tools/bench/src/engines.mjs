import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RIFFLE = fileURLToPath(new URL('bin/riffle.mjs', import.meta.resolve('@riffle/cli/package.json')));
export const SHARDS = 64;
const SEED = '42';

/**
 * One way to do the job.
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} outputGlob Below the output folder.
 * @property {(dataset: import('./make-data.mjs').Dataset, output: string) => string[]} nodeArguments
 */

/** The flags of Riffle's side, for the command line and for the report. */
export const riffleFlags = [
  '--shards',
  String(SHARDS),
  '--seed',
  SEED,
  '--compression',
  'snappy',
  '--memory',
  '1GB',
  '--workers',
  '2',
];

/** @param {readonly string[]} extraFlags @returns {Engine} */
export const riffle = (extraFlags) => ({
  name: 'riffle',
  outputGlob: '*.parquet',
  nodeArguments: (dataset, output) => [
    RIFFLE,
    'run',
    ...dataset.collections.flatMap(({ name, path }) => ['--input', `${name}=${path}`]),
    '--output',
    output,
    ...withDefaults(extraFlags),
    '--json',
  ],
});

/** Riffle without reading back what it wrote: what the proof costs is the difference. @param {readonly string[]} extraFlags @returns {Engine} */
export const riffleWithCounts = (extraFlags) => ({
  ...riffle([...extraFlags, '--verify', 'counts']),
  name: 'counts',
});

/** @type {Engine} */
export const duckdb = {
  name: 'duckdb',
  outputGlob: '*/*.parquet',
  nodeArguments: (dataset, output) => [
    fileURLToPath(new URL('duckdb-job.mjs', import.meta.url)),
    dataset.glob,
    output,
    String(SHARDS),
    SEED,
  ],
};

/** A flag given by hand takes the place of the default one. */
function withDefaults(extraFlags) {
  const kept = [];
  for (let at = 0; at < riffleFlags.length; at += 2)
    if (!extraFlags.includes(riffleFlags[at])) kept.push(riffleFlags[at], riffleFlags[at + 1]);
  return [...kept, ...extraFlags];
}

export function riffleIsBuilt() {
  return spawnSync(process.execPath, [RIFFLE, 'run', '--help']).status === 0;
}

/**
 * One run into a fresh folder, removed afterwards unless it shall be kept.
 * @param {Engine} engine
 * @param {import('./make-data.mjs').Dataset} dataset
 * @param {string} output
 * @param {{ check?: (glob: string) => void, keep?: boolean }} [options] `check` looks at the output before it is removed.
 */
export async function runOnce(engine, dataset, output, { check, keep = false } = {}) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(dirname(output), { recursive: true });
  settle();
  try {
    const { stdout: _report, ...measured } = await measure(process.execPath, engine.nodeArguments(dataset, output));
    check?.(join(output, engine.outputGlob));
    const files = readdirSync(output, { recursive: true }).filter((path) => path.endsWith('.parquet'));
    return {
      ...measured,
      outputBytes: files.reduce((sum, path) => sum + statSync(join(output, path)).size, 0),
      files: files.length,
    };
  } finally {
    if (!keep) rmSync(output, { recursive: true, force: true });
  }
}

/** Seconds a plain copy of the input takes: the floor for any tool that must read and write all of it. */
export function copyOnce(dataset, output) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  settle();
  const started = process.hrtime.bigint();
  for (const { name, path } of dataset.collections) {
    const { status } = spawnSync('cp', ['-r', path, join(output, name)]);
    if (status !== 0) cpSync(path, join(output, name), { recursive: true });
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  rmSync(output, { recursive: true, force: true });
  return seconds;
}

/** What the run before left in the page cache unwritten must not slow this one. */
function settle() {
  spawnSync('sync');
}
