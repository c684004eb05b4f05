import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { makeDataset, openDuckDB, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob } from './support/job.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { everythingIn, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
let reference: readonly string[];
const recipe = (output: string): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
});

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'in'), { shardsPerCollection: 4, rowsPerShard: 50, connection: duckdb });
  await doJob(recipe('reference'));
  reference = shardHashes(join(folder, 'reference'));
});
afterAll(() => duckdb.closeSync());

type When = 'survey' | 'read';
type How = 'trap' | 'disk' | 'crash';

/** A reader that fails on one shard, not the one of which the plan takes its sample. */
function moodyReader(name: string, when: When, how: How, failures: number) {
  const log = join(folder, `${name}.log`);
  const reader = wrapperPlugin('moody-reader', { file: '/b/00000/', log, failures, when, how });
  return {
    plugins: { readers: [reader] },
    attempts: () => (existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0),
  };
}

const cases = (['survey', 'read'] as const).flatMap((when) =>
  (['trap', 'disk', 'crash'] as const).map((how) => [when, how] as const),
);

describe('a failure that does not repeat in a fresh worker changes nothing', () => {
  it.each(cases)('at %s: %s', async (when, how) => {
    const name = `once ${when} ${how}`;
    const { plugins, attempts } = moodyReader(name, when, how, 1);
    const { report } = await doJob(recipe(name), { plugins });
    expect(report.lost).toEqual([]);
    expect(shardHashes(join(folder, name))).toEqual(reference);
    expect(attempts()).toBeGreaterThanOrEqual(2);
  });
});

describe('a failure that repeats in a fresh worker', () => {
  it.each(['survey', 'read'] as const)('is a bad shard if it is a trap of the codec, at %s', async (when) => {
    const name = `twice ${when} trap`;
    const { plugins } = moodyReader(name, when, 'trap', 100);
    const { report } = await doJob(recipe(name), { plugins });
    expect(report.lost).toMatchObject([
      { collection: 'b', path: '00000', code: 'BAD_CONTENT', reason: 'data.parquet: The codec died.' },
    ]);
    expect(report.rows).toBe(350);
  });

  it.each<[When, How, string]>([
    ['survey', 'disk', 'STORAGE_FAILED'],
    ['read', 'disk', 'STORAGE_FAILED'],
    ['survey', 'crash', 'WORKER_FAILED'],
    ['read', 'crash', 'WORKER_FAILED'],
  ])('fails the job, and loses no shard, if it depends on the machine, at %s: %s gives %s', async (when, how, code) => {
    const name = `twice ${when} ${how}`;
    const { plugins, attempts } = moodyReader(name, when, how, 100);
    const { error } = await failJob(recipe(name), { plugins });
    expect(error).toMatchObject({ code, exitCode: 1 });
    expect(attempts()).toBe(2);
    expect(everythingIn(join(folder, name))).toEqual(['.riffle/', '.riffle/log.jsonl']);
  });
});
