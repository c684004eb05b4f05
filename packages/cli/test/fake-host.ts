import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan, Report } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { afterEach } from 'vitest';
import type { Host, Output, Pipeline } from '../src/host.ts';
import { checkDocument, checkLog } from './check-document.ts';

export interface FakeHost extends Host {
  readonly written: { stdout: string; stderr: string };
  /** Stands for the signal of the operating system. */
  stop(name: string, exitCode: number): void;
}

export const emptyReport: Report = {
  ok: true,
  rows: 10,
  shards: [
    { file: '00000.parquet', rows: 5, bytes: 1000, sha256: 'a'.repeat(64) },
    { file: '00001.parquet', rows: 5, bytes: 1500, sha256: 'b'.repeat(64) },
  ],
  collections: [{ name: 'a', loaded: 2, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 10 }],
  lost: [],
  losses: [],
  warnings: [],
  peakMemoryBytes: 123_456_789,
  strategy: 'memory',
  seconds: 1.5,
};

export const samplePlan: Plan = {
  recipe: recipeSchema.parse({ collections: [{ name: 'a', path: 'in' }], output: 'out' }),
  survey: {
    collections: [
      {
        name: 'a',
        path: 'in',
        location: '/in',
        shards: [],
        lost: [
          {
            collection: 'a',
            path: '00001',
            status: 'missing',
            code: 'MISSING',
            kind: 'missing',
            reason: 'expected, but not there',
          },
        ],
        rows: 10,
        expected: 1,
        ignored: 0,
      },
    ],
    schemas: [],
    readers: ['parquet'],
    rows: 10,
  },
  treaty: new Uint8Array(3),
  columns: [
    { name: 'text', type: 'string', sources: [{ collection: 'a', type: 'string', conversion: 'kept', risk: 'none' }] },
    {
      name: 'id',
      type: 'int64',
      sources: [
        { collection: 'a', type: 'int32', conversion: 'int32 to int64', risk: 'none' },
        { collection: 'b', type: 'uint64', conversion: 'uint64 to int64', risk: 'checked' },
      ],
    },
  ],
  settledRules: {},
  rows: 10,
  shards: 3,
  rowsPerShard: [3, 4],
  seed: '42',
  shuffler: 'perm-v1',
  memory: {
    budget: 1e9,
    workers: 2,
    minimum: 2e8,
    strategy: 'spill',
    reason: 'the data does not fit',
    bucketBytes: 1,
    readBatchBytes: 1,
    flushBytes: 1,
    passes: 1,
    estimatedPeakBytes: 9e8,
    estimatedSpillBytes: 5e9,
    options: [
      { strategy: 'spill', minimum: 2e8, cost: { seconds: 42, workers: 2, passes: 1, spillBytes: 5e9 } },
      { strategy: 'passes', minimum: 2.2e8, cost: { seconds: 61, workers: 1, passes: 7, spillBytes: 0 } },
      { strategy: 'memory', minimum: 6.8e9 },
    ],
  },
  buckets: { count: 4, shardsPerBucket: 1, bucketsPerShard: 2 },
  estimatedDecodedBytes: 6e9,
  estimatedOutputBytes: 2e9,
  inputBytes: 3e9,
  costs: {
    basis: 'assumed',
    amounts: { rows: 10, cells: 20, values: 20, bytes: 6e9 },
    seconds: { decode: 6, permute: 1, fingerprint: 2, deal: 3, place: 3, encode: 9, check: 6, spill: 15 },
    diskSpeed: 5e8,
  },
  estimatedTime: { least: 25, likely: 42, most: 100 },
};

/** What was written to every host of the test. */
const used: FakeHost['written'][] = [];

// Whatever a test looks at: a JSON document that a command printed, and lines of a log, are as their schemas say.
afterEach(() => {
  for (const { stdout, stderr } of used.splice(0)) {
    if (stdout.startsWith('{')) checkDocument(stdout);
    checkLog(stderr);
  }
});

/** Whatever a test leaves out fails the test if it is called. */
export function fakeHost(pipeline: Partial<Pipeline> = {}, changes: Partial<Host> = {}): FakeHost {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Output => ({
    write: (text) => {
      written[name] += text;
    },
    isTTY: false,
    columns: undefined,
  });
  const controller = new AbortController();
  let stopped: ReturnType<Host['stoppedBy']>;
  used.push(written);
  const unexpected = (name: string) => () => Promise.reject(new Error(`the pipeline's ${name} was called`));
  return {
    written,
    stop: (name, exitCode) => {
      stopped = { name, exitCode };
      controller.abort();
    },
    stdout: output('stdout'),
    stderr: output('stderr'),
    terminal: undefined,
    workingFolder: temporaryFolder(),
    environment: {},
    signal: controller.signal,
    stoppedBy: () => stopped,
    now: () => 0,
    loadPipeline: async () => ({
      run: unexpected('run'),
      plan: unexpected('plan'),
      verify: unexpected('verify'),
      certify: unexpected('certify'),
      report: unexpected('report'),
      inspect: unexpected('inspect'),
      checkRecipe: unexpected('checkRecipe'),
      checkOutputFolder: unexpected('checkOutputFolder'),
      ...pipeline,
    }),
    ...changes,
  };
}

const made: string[] = [];

/** A fresh folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'riffle-cli-')));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
