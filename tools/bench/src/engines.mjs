import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.mjs';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RIFFLE = fileURLToPath(new URL('bin/riffle.mjs', import.meta.resolve('@riffle/cli/package.json')));
export const SHARDS = 64;
export const SEED = '42';

/**
 * One way to do the job.
 * @typedef {object} Engine
 * @property {string} name
 * @property {string} outputGlob Below the output folder.
 * @property {(dataset: import('./make-data.mjs').Dataset, output: string, temporaryFolder: string) => Command} command
 *   `temporaryFolder` exists, is empty, is the working folder and TMPDIR, and all that the job does not leave behind belongs there.
 * @property {Readonly<Record<string, number>>} [mostRuns] Workloads on which it takes so long that it runs only so many times, without a warm-up.
 * @property {() => string | undefined} [whatIsMissing] A sentence why it cannot run here; without it, it always can.
 */

/**
 * How to start it.
 * @typedef {object} Command
 * @property {string} program
 * @property {string[]} args
 * @property {Record<string, string>} [environment] Beside the bench's own.
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
  command: (dataset, output, temporaryFolder) => ({
    program: process.execPath,
    args: [
      RIFFLE,
      'run',
      ...dataset.collections.flatMap(({ name, path }) => ['--input', `${name}=${path}`]),
      '--output',
      output,
      ...withDefaults(extraFlags, [...riffleFlags, '--temp-dir', join(temporaryFolder, 'riffle')]),
      '--json',
    ],
  }),
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
  command: (dataset, output) => ({
    program: process.execPath,
    args: [fileURLToPath(new URL('duckdb-job.mjs', import.meta.url)), dataset.glob, output, String(SHARDS), SEED],
  }),
};

/** A flag given by hand takes the place of the default one. */
function withDefaults(extraFlags, defaults) {
  const kept = [];
  for (let at = 0; at < defaults.length; at += 2)
    if (!extraFlags.includes(defaults[at])) kept.push(defaults[at], defaults[at + 1]);
  return [...kept, ...extraFlags];
}

export function riffleIsBuilt() {
  return spawnSync(process.execPath, [RIFFLE, 'run', '--help']).status === 0;
}

/**
 * One run into a fresh folder, removed afterwards unless it shall be kept. Its temporary folder stands beside it and is always removed.
 * @param {Engine} engine
 * @param {import('./make-data.mjs').Dataset} dataset
 * @param {string} output An absolute path.
 * @param {{ check?: (glob: string) => void, keep?: boolean }} [options] `check` looks at the output before it is removed.
 */
export async function runOnce(engine, dataset, output, { check, keep = false } = {}) {
  const temporaryFolder = `${output}.tmp`;
  for (const folder of [output, temporaryFolder]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(temporaryFolder, { recursive: true });
  settle();
  try {
    const { program, args, environment } = engine.command(dataset, output, temporaryFolder);
    const { stdout: _report, ...measured } = await measure(program, args, {
      cwd: temporaryFolder,
      env: { ...process.env, TMPDIR: temporaryFolder, ...environment },
      temporaryFolder,
    });
    check?.(join(output, engine.outputGlob));
    const files = readdirSync(output, { recursive: true }).filter((path) => path.endsWith('.parquet'));
    return {
      ...measured,
      outputBytes: files.reduce((sum, path) => sum + statSync(join(output, path)).size, 0),
      files: files.length,
    };
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
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
