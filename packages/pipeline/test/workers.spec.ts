import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { JsonValue, PluginReferences, RecipeInput } from '@riffle/core';
import { makeDataset, openDuckDB, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob } from './support/job.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { published } from './support/published.ts';
import { shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
let reference: readonly string[];
/** A hang is found out soon; a worker that is only slow on a busy machine is not taken for one. */
const recipe = (output: string): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
  stallSeconds: 6,
});

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'in'), { shardsPerCollection: 4, rowsPerShard: 50, connection: duckdb });
  await doJob(recipe('reference'));
  reference = shardHashes(join(folder, 'reference'));
});
afterAll(() => duckdb.closeSync());

type Make = (options: Readonly<Record<string, JsonValue>>) => Partial<PluginReferences>;
const reader =
  (when: string, file: string): Make =>
  (options) => ({ readers: [wrapperPlugin('misfit-reader', { ...options, when, file })] });
const writer =
  (when: string): Make =>
  (options) => ({ writer: wrapperPlugin('misfit-writer', { ...options, when }) });

/** Every kind of unit: who has the misfortune, and what the error must name. */
const units: readonly (readonly [unit: string, make: Make, stage: string, file: RegExp])[] = [
  ['examine', reader('survey', '/b/00000/'), 'survey', /in\/b\/00000\/data\.parquet$/],
  ['sample', reader('read', '/in/'), 'plan', /in\/a\/\d+\/data\.parquet$/],
  ['tune', writer('tune'), 'plan', /in\/b\/\d+\/data\.parquet$/],
  ['scatter', reader('read', '/b/00003/'), 'scatter', /in\/b\/00003\/data\.parquet$/],
  ['gather', writer('close'), 'gather', /run-\w+\/shards\/0000\d\.parquet$/],
  [
    'check',
    (options) => ({ verifier: wrapperPlugin('misfit-verifier', options) }),
    'verify',
    /run-\w+\/shards\/0000\d\.parquet$/,
  ],
];
const reasons = {
  exit: /ended by itself, with exit code 9/,
  uncaught: /nobody catches this/,
  hang: /made no progress for 6 seconds/,
  loop: /made no progress for 6 seconds/,
  trap: /unreachable/,
} as const;
const everywhere: readonly string[] = ['exit', 'hang'];
const cases = units.flatMap(([unit, make, stage, file]) =>
  (Object.keys(reasons) as (keyof typeof reasons)[])
    // The stages differ in what the worker was at, not in how it can fail.
    .filter((how) => everywhere.includes(how) || unit === 'scatter')
    .map((how) => ({ unit, how, make, stage, file })),
);

describe('a worker that fails once is replaced, and the result is the same', () => {
  it.concurrent.each(cases)('$unit: $how', async ({ unit, how, make }) => {
    const name = `once ${unit} ${how}`;
    const plugins = make({ how, failures: 1, log: join(folder, `${name}.log`) });
    const { report } = await doJob(recipe(name), { plugins });
    expect(report).toMatchObject({ rows: 400, lost: [] });
    expect(shardHashes(join(folder, name))).toEqual(reference);
  });
});

describe('a worker that fails again in a fresh thread fails the job, which can go on later', () => {
  it.concurrent.each(cases)('$unit: $how', async ({ unit, how, make, stage, file }) => {
    const name = `twice ${unit} ${how}`;
    const plugins = make({ how, failures: 2, log: join(folder, `${name}.log`) });
    const { error, events } = await failJob(recipe(name), { plugins });
    expect(error).toMatchObject({
      code: 'WORKER_FAILED',
      exitCode: 1,
      message: expect.stringMatching(reasons[how]),
      details: { stage, unit: expect.any(String), file: expect.stringMatching(file) },
    });
    expect(error.message).toContain(`of the ${stage} stage`);
    expect(error.message).toContain(String(error.details['file']));
    expect(eventsOf(events, 'shard-lost')).toEqual([]);
    expect(published(join(folder, name))).toEqual([]);

    const { report } = await doJob(recipe(name), { resume: true });
    expect(report).toMatchObject({ rows: 400, lost: [] });
    expect(shardHashes(join(folder, name))).toEqual(reference);
  });
});
