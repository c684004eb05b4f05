import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import type { FaultyStoragePluginOptions } from '@riffle/testkit/faulty-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob, tryJob, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { failingDisk, wrapperPlugin } from './support/plugins.ts';
import { everythingIn, readLog, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const onlyTheLog = ['.riffle/', '.riffle/log.jsonl'];
let duckdb: DuckDBConnection;
let data: MixedDataset;
let reference: readonly string[];
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 5,
  ...more,
});

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
  await doJob(recipe('reference'));
  reference = shardHashes(join(folder, 'reference'));
});
afterAll(() => duckdb.closeSync());

const failingWriter = (name: string, failures: number, how = 'throw') => {
  const log = join(folder, `${name}.closes`);
  return { log, plugins: { writer: wrapperPlugin('failing-writer', { log, failures, how }) } };
};
/** Nothing is at a final name, and only where work is kept there is more than the log. */
function expectOnlyWork(output: string, keepsWork: boolean): void {
  const left = everythingIn(join(folder, output));
  const work = left.filter((name) => name.startsWith('.riffle/run-'));
  expect(left.filter((name) => !work.includes(name))).toEqual(onlyTheLog);
  expect(work.some((name) => name.endsWith('/journal.jsonl'))).toBe(keepsWork);
  if (!keepsWork) expect(work).toEqual([]);
}

const closes = (log: string) => readFileSync(log, 'utf8').split('\n').length - 1;

describe('a folder that holds something', () => {
  it('is refused without --overwrite, and stays as it is', async () => {
    const before = everythingIn(join(folder, 'reference'));
    const { error } = await failJob(recipe('reference'));
    expect(error).toMatchObject({
      code: 'OUTPUT_NOT_EMPTY',
      exitCode: 2,
      message: expect.stringContaining('--overwrite'),
    });
    expect(everythingIn(join(folder, 'reference'))).toEqual(before);
    expect(shardHashes(join(folder, 'reference'))).toEqual(reference);
  });

  it('is used again after a job that failed in order', async () => {
    const { plugins } = failingWriter('again', Infinity);
    await failJob(recipe('again'), { plugins });
    expect(everythingIn(join(folder, 'again'))).toEqual(onlyTheLog);
    await doJob(recipe('again'));
    expect(shardHashes(join(folder, 'again'))).toEqual(reference);
  });
});

describe('--overwrite', () => {
  it('keeps the old result whole when the new one fails', async () => {
    const output = join(folder, 'keeps');
    await doJob(recipe('keeps'));
    const manifest = readManifest(output);
    const { plugins } = failingWriter('keeps', Infinity);
    const { error } = await failJob(recipe('keeps', { overwrite: true, shards: 3, seed: 'new' }), { plugins });
    expect(error.code).toBe('WORKER_FAILED');
    expect(shardHashes(output)).toEqual(reference);
    expect(readManifest(output)).toEqual(manifest);
    expect(await verifyResult(output)).toMatchObject({ ok: true, findings: [] });
  });

  it('replaces it when the new one is verified: no old shard stays, foreign files do', async () => {
    const output = join(folder, 'replaces');
    await doJob(recipe('replaces'));
    for (const name of ['notes.txt', '00000.parquet.bak', '1.parquet']) writeFileSync(join(output, name), 'mine');
    await doJob(recipe('replaces', { overwrite: true, shards: 2 }));
    expect(everythingIn(output)).toEqual([
      ...onlyTheLog,
      '.riffle/manifest.json',
      '.riffle/report.html',
      '00000.parquet',
      '00000.parquet.bak',
      '00001.parquet',
      '1.parquet',
      'notes.txt',
    ]);
    expect(await verifyResult(output)).toMatchObject({ ok: true, shards: 2 });
  });

  it('leaves no manifest where renaming stops half-way: not a result, and a new run heals it', async () => {
    const output = join(folder, 'half');
    await doJob(recipe('half'));
    const plugins = failingDisk({ failAt: 3, times: 'always', operations: ['rename'] });
    const { error } = await failJob(recipe('half', { overwrite: true, seed: 'new' }), { plugins });
    expect(error).toMatchObject({ code: 'STORAGE_FAILED', exitCode: 1 });
    await expect(verifyResult(output)).rejects.toMatchObject({ code: 'NOT_A_RESULT', exitCode: 2 });
    await doJob(recipe('half', { overwrite: true }));
    expect(shardHashes(output)).toEqual(reference);
    expect(await verifyResult(output)).toMatchObject({ ok: true });
  });
});

describe('--overwrite into a folder that was never a result', () => {
  it('moves aside what is named like a shard, and tells of it and of other data files', async () => {
    const output = join(folder, 'foreign');
    mkdirSync(output);
    for (const name of ['00000.parquet', '00099.parquet', 'part-0.parquet']) writeFileSync(join(output, name), name);
    const { events } = await doJob(recipe('foreign', { overwrite: true }));
    expect(shardHashes(output).slice(0, 5)).toEqual(reference);
    const state = join(output, '.riffle');
    const aside = join(
      state,
      readdirSync(state).find((name) => name.startsWith('set-aside-'))!,
    );
    expect(readdirSync(aside).map((name) => readFileSync(join(aside, name), 'utf8'))).toEqual([
      '00000.parquet',
      '00099.parquet',
    ]);
    expect(readFileSync(join(output, 'part-0.parquet'), 'utf8')).toBe('part-0.parquet');
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings).toEqual([
      expect.stringMatching(/also holds part-0\.parquet, which will not be part of the result/),
      expect.stringMatching(/holds 00000\.parquet, 00099\.parquet, named like shards, and no manifest/),
    ]);
    expect(await verifyResult(output)).toMatchObject({ ok: true });
  });
});

describe('a worker that fails on an output shard', () => {
  it.each(['throw', 'exit'])('once (%s) is tried again in a fresh worker, and the result is the same', async (how) => {
    const { log, plugins } = failingWriter(`once-${how}`, 1, how);
    await doJob(recipe(`once ${how}`), { plugins });
    expect(closes(log)).toBe(6);
    expect(shardHashes(join(folder, `once ${how}`))).toEqual(reference);
  });

  it.each([
    ['throw', /the writer has a bad day/],
    ['exit', /worker/i],
  ])('twice (%s) fails the job with the cause, and nothing is published', async (how, cause) => {
    const { log, plugins } = failingWriter(`twice-${how}`, Infinity, how);
    const { error } = await failJob(recipe(`twice ${how}`), { plugins });
    expect(error).toMatchObject({
      code: 'WORKER_FAILED',
      exitCode: 1,
      details: { stage: 'gather' },
      message: expect.stringMatching(cause),
      cause: { message: expect.stringMatching(cause) },
    });
    expect(closes(log)).toBe(2);
    expect(everythingIn(join(folder, `twice ${how}`))).toEqual(onlyTheLog);
    expect(readLog(join(folder, `twice ${how}`)).at(-1)).toMatchObject({ type: 'failed', code: 'WORKER_FAILED' });
  });
});

describe('an aborted signal', () => {
  it.each(['survey', 'plan', 'scatter', 'gather', 'publish'] as const)(
    'in %s: CANCELLED, nothing published, and nothing but work left, with which --resume ends right',
    async (stage) => {
      const controller = new AbortController();
      const tempDir = join(folder, `temp ${stage}`);
      const input = recipe(`abort ${stage}`, { strategy: 'spill', tempDir, workers: 2 });
      const onEvent = (event: { readonly type: string; readonly stage?: string }) =>
        event.type === 'stage-started' && event.stage === stage && controller.abort();
      const { error, report } = await tryJob(input, { signal: controller.signal, onEvent });
      expect(report).toBeUndefined();
      expect(error).toMatchObject({ code: 'CANCELLED', exitCode: 1 });
      expectOnlyWork(`abort ${stage}`, ['gather', 'publish'].includes(stage));
      await doJob(input, { resume: true });
      expect(shardHashes(join(folder, `abort ${stage}`))).toEqual(reference);
      expect(everythingIn(tempDir)).toEqual([]);
    },
  );

  it('before the start: CANCELLED, with nothing left at all', async () => {
    const { error } = await failJob(recipe('abort before'), { signal: AbortSignal.abort() });
    expect(error.code).toBe('CANCELLED');
    expect(existsSync(join(folder, 'abort before')) ? everythingIn(join(folder, 'abort before')) : []).toEqual([]);
  });

  it('ends a worker that hangs', async () => {
    const controller = new AbortController();
    const { log, plugins } = failingWriter('hangs', Infinity, 'hang');
    const onEvent = (event: { readonly type: string; readonly stage?: string }) => {
      if (event.type !== 'stage-started' || event.stage !== 'gather') return;
      const watch = setInterval(() => {
        if (!existsSync(log)) return;
        clearInterval(watch);
        controller.abort();
      }, 20);
    };
    const { error } = await failJob(recipe('hangs'), { plugins, signal: controller.signal, onEvent });
    expect(error.code).toBe('CANCELLED');
    expect(everythingIn(join(folder, 'hangs'))).toEqual(onlyTheLog);
  });

  it('with --overwrite leaves the old result whole', async () => {
    const output = join(folder, 'abort over');
    await doJob(recipe('abort over'));
    const controller = new AbortController();
    const onEvent = (event: { readonly type: string; readonly stage?: string }) =>
      event.type === 'stage-started' && event.stage === 'gather' && controller.abort();
    await failJob(recipe('abort over', { overwrite: true, seed: 'x' }), { signal: controller.signal, onEvent });
    expect(shardHashes(output)).toEqual(reference);
    expect(await verifyResult(output)).toMatchObject({ ok: true });
    rmSync(output, { recursive: true });
  });
});

describe('a disk that fails', () => {
  it.each<[string, Pick<FaultyStoragePluginOptions, 'operations' | 'location'>, boolean]>([
    ['writing a shard', { operations: ['write'], location: 'shards/00002' }, true],
    ['making a shard durable', { operations: ['sync'], location: 'shards/00001' }, true],
    ['writing spill', { operations: ['write'], location: '/spill' }, false],
    ['reading spill', { operations: ['read'], location: '/spill' }, true],
    ['reading an input', { operations: ['read'], location: 'part-1' }, false],
    ['making the folder durable', { operations: ['syncFolder'] }, false],
  ])('while %s: STORAGE_FAILED, nothing published, and --resume ends right', async (title, where, keepsWork) => {
    const output = `disk ${title.replaceAll(' ', '-')}`;
    const plugins = failingDisk({ ...where, failAt: 1, times: 'always' });
    const { error } = await failJob(recipe(output, { strategy: 'spill' }), { plugins });
    expect(error).toMatchObject({ code: 'STORAGE_FAILED', exitCode: 1 });
    expectOnlyWork(output, keepsWork);
    await doJob(recipe(output, { strategy: 'spill' }), { resume: true });
    expect(shardHashes(join(folder, output))).toEqual(reference);
  });
});
