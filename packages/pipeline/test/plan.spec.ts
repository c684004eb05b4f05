import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isRiffleError, type RecipeInput, type RiffleEvent } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob, planJob } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { everythingIn } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MixedDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
});
afterAll(() => duckdb.closeSync());

const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 5,
  ...more,
});
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => (isRiffleError(error) ? error.code : error),
  );

describe('plan', () => {
  it('works where the output holds a result or a file, leaves it as it is, and says what a run would need', async () => {
    const output = join(folder, 'done');
    await doJob(recipe('done'));
    const before = everythingIn(output);
    const warnings: string[] = [];
    const onEvent = (event: RiffleEvent) => event.type === 'warning' && warnings.push(event.message);
    const plan = await planJob(recipe('done', { shards: 4 }), { onEvent });
    expect(plan.shards).toBe(4);
    expect(everythingIn(output)).toEqual(before);
    expect(warnings).toEqual([
      expect.stringMatching(/^A run would be refused as things are\. .*finished result.*--overwrite/),
    ]);
    warnings.length = 0;
    await planJob(recipe('done', { overwrite: true }), { onEvent });
    expect(warnings).toEqual([]);
  });

  it('says everything that is decided, as data that can be serialised, and leaves nothing behind', async () => {
    mkdirSync(join(folder, 'there'));
    const plan = await planJob(recipe('there', { tempDir: join(folder, 'temp') }));
    await planJob(recipe('not there'));
    expect(plan).toMatchObject({
      rows: data.rows,
      shards: 5,
      rowsPerShard: [Math.floor(data.rows / 5), Math.ceil(data.rows / 5)],
      seed: '42',
      shuffler: 'perm-v1',
    });
    expect(plan.inputBytes).toBe(data.files.reduce((sum, file) => sum + statSync(file).size, 0));
    expect(plan.estimatedOutputBytes).toBeGreaterThan(0);
    expect(plan.estimatedDecodedBytes).toBeGreaterThan(data.rows * 50);
    expect(plan.memory.estimatedPeakBytes).toBeLessThanOrEqual(plan.memory.budget);
    expect(structuredClone(plan)).toEqual(plan);
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({
      rows: data.rows,
      memory: plan.memory,
      buckets: plan.buckets,
    });
    expect(everythingIn(join(folder, 'there'))).toEqual([]);
    expect([existsSync(join(folder, 'not there')), existsSync(join(folder, 'temp'))]).toEqual([false, false]);
  });

  it('is what the run then carries out', async () => {
    const planned = await planJob(recipe('carried out'));
    const { plan } = await doJob(recipe('carried out'));
    expect(plan).toEqual(planned);
  });

  it('is the same on every machine in what shapes the output', async () => {
    const [one, other] = [
      await planJob(recipe('one', { workers: 1 })),
      await planJob(recipe('one', { workers: 4, memory: '3GB' })),
    ];
    expect(other.memory).not.toEqual(one.memory);
    expect([other.treaty, other.estimatedDecodedBytes, other.estimatedOutputBytes]).toEqual([
      one.treaty,
      one.estimatedDecodedBytes,
      one.estimatedOutputBytes,
    ]);
  });
});

describe('strategy', () => {
  it('auto keeps everything in memory if that fits, and not if it does not; both say why', async () => {
    const roomy = await planJob(recipe('auto', { memory: '2GB' }));
    expect(roomy.memory).toMatchObject({
      strategy: 'memory',
      passes: 1,
      estimatedSpillBytes: 0,
      reason: expect.stringMatching(/fit the budget of 2\.00 GB/),
    });
    const tight = await planJob(recipe('auto', { memory: roomy.memory.minimum }));
    expect(tight.memory.strategy).not.toBe('memory');
    expect(tight.memory.reason).toMatch(/pass the budget/);
    const spill = await planJob(recipe('auto', { strategy: 'spill' }));
    expect(spill.memory.estimatedSpillBytes).toBeGreaterThan(spill.estimatedDecodedBytes);
  });

  it.each(['memory', 'spill', 'passes'] as const)('%s is taken when it is forced', async (strategy) => {
    const { plan, report } = await doJob(recipe(`forced ${strategy}`, { strategy }));
    expect(plan.memory).toMatchObject({ strategy, reason: expect.stringMatching(/^asked for/) });
    expect(report.strategy).toBe(strategy);
  });

  it('memory is refused if the data cannot fit, naming what would do', async () => {
    const { minimum } = (await planJob(recipe('unused'))).memory;
    const { error } = await failJob(recipe('too large', { strategy: 'memory', memory: minimum }));
    expect(error).toMatchObject({
      code: 'MEMORY_TOO_SMALL',
      exitCode: 2,
      message: expect.stringMatching(/--strategy memory needs about .*--strategy auto/),
    });
    const needed = Number(error.details['minimum']);
    expect((await planJob(recipe('unused', { strategy: 'memory', memory: needed }))).memory.strategy).toBe('memory');
  });
});

describe('what cannot be done is said before any work', () => {
  it('MEMORY_TOO_SMALL names the least that would do, and that does', async () => {
    const { error, events } = await failJob(recipe('small memory', { memory: '1MB', strategy: 'spill' }));
    expect(error).toMatchObject({ code: 'MEMORY_TOO_SMALL', exitCode: 2, details: { memory: 1e6 } });
    const minimum = Number(error.details['minimum']);
    expect(error.message).toContain(`${Math.ceil(minimum / 1e6)}MB`);
    expect(events.filter((event) => event.type === 'stage-started').map((event) => event.stage)).toEqual([
      'survey',
      'plan',
    ]);
    const [below, exact] = [
      recipe('small memory', { memory: minimum - 1 }),
      recipe('small memory', { memory: minimum }),
    ];
    expect([await codeOf(planJob(below)), await codeOf(planJob(exact))]).toEqual(['MEMORY_TOO_SMALL', 'none']);
    await doJob(exact);
  });

  it('the minimum is at most 256 MB at the defaults', async () => {
    expect((await planJob(recipe('unused'))).memory.minimum).toBeLessThanOrEqual(256e6);
  });

  it('SHARDS_EXCEED_ROWS names both numbers; as many shards as rows is the most', async () => {
    const single = { collections: [{ name: 'single', path: join(folder, 'in/single/only.parquet') }] };
    const { error } = await failJob(recipe('151', { ...single, shards: 151 }));
    expect(error).toMatchObject({
      code: 'SHARDS_EXCEED_ROWS',
      exitCode: 2,
      details: { shards: 151, rows: 150 },
      message: expect.stringMatching(/151 shards .*150 rows/),
    });
    const { report } = await doJob(recipe('150', { ...single, shards: 150 }));
    expect(report.shards.map((shard) => shard.rows)).toEqual(Array.from({ length: 150 }, () => 1));
  });

  it.each([
    ['the output', 'no space/.riffle'],
    ['the temp folder', 'no space temp'],
  ])('DISK_TOO_SMALL for %s, and nothing is left', async (_, where) => {
    const tempDir = where.includes('temp') ? { tempDir: join(folder, where) } : {};
    const storage = wrapperPlugin('full-disk-storage', { free: 1000, where });
    const { error } = await failJob(recipe('no space', { strategy: 'spill', ...tempDir }), { plugins: { storage } });
    expect(error).toMatchObject({
      code: 'DISK_TOO_SMALL',
      exitCode: 1,
      details: { free: 1000 },
      message: expect.stringContaining('has 1.00 kB free'),
    });
    expect(everythingIn(join(folder, 'no space'))).toEqual(['.riffle/', '.riffle/log.jsonl']);
  });
});
