import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import type { FaultyStoragePluginOptions } from '@riffle/testkit/faulty-storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob, tryJob, verifyResult, type JobSettings } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { failingDisk, wrapperPlugin } from './support/plugins.ts';
import { everythingIn, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const strategies = ['memory', 'spill', 'passes'] as const;
let duckdb: DuckDBConnection;
let data: MixedDataset;
let undisturbed: ReturnType<typeof resultIn>;

const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 12,
  ...more,
});

/** A job that fails on its way, after which its work must be there. */
async function interrupt(
  input: RecipeInput,
  fault: Omit<FaultyStoragePluginOptions, 'storage'>,
  more: JobSettings = {},
) {
  const { error, events } = await failJob(input, { plugins: failingDisk({ times: 'always', ...fault }), ...more });
  expect(error.code).toBe('STORAGE_FAILED');
  return { kept: eventsOf(events, 'resumable').length === 1, events };
}

/** What an output holds that must be the same however often the job was interrupted. */
const resultIn = (output: string) => ({
  hashes: shardHashes(join(folder, output)),
  digest: readManifest(join(folder, output)).digest,
  state: readdirSync(join(folder, output, '.riffle'))
    .filter((name) => !['lost.jsonl', 'log.previous.jsonl'].includes(name))
    .sort(),
});

const runFolderIn = (output: string) => {
  const state = join(folder, output, '.riffle');
  return join(
    state,
    readdirSync(state).find((name) => name.startsWith('run-'))!,
  );
};

beforeAll(async () => {
  duckdb = await openDuckDB();
  // Rows so large that the job has several units and several buckets.
  data = await makeMixedDataset(join(folder, 'in'), duckdb, {
    more: { ballast: 'repeat(chr((65 + i % 26)::INTEGER), 30000)' },
  });
  await doJob(recipe('reference'));
  undisturbed = resultIn('reference');
});
afterAll(() => duckdb.closeSync());

describe.each(strategies)('a job of strategy %s that is interrupted', (strategy) => {
  it('while writing shards goes on with those that are whole', async () => {
    const output = `gather-${strategy}`;
    const input = recipe(output, { strategy });
    const { kept } = await interrupt(input, { operations: ['create'], location: 'shards.00009', failAt: 1 });
    expect(kept).toBe(true);
    expect(everythingIn(join(folder, output)).filter((name) => /^\d/.test(name))).toEqual([]);
    const { events } = await doJob(input, { resume: true });
    expect(eventsOf(events, 'resumed')[0]).toMatchObject({
      ofShards: 12,
      shards: expect.toSatisfy((count) => count > 0),
    });
    expect(resultIn(output)).toEqual(undisturbed);
  });

  it('while publishing goes on where the shards are', async () => {
    const output = `publish-${strategy}`;
    const input = recipe(output, { strategy });
    const { kept } = await interrupt(input, { operations: ['rename'], location: '00007.parquet$', failAt: 1 });
    expect(kept).toBe(true);
    expect(existsSync(join(folder, output, '.riffle', 'manifest.json'))).toBe(false);
    const { events } = await doJob(input, { resume: true });
    expect(eventsOf(events, 'resumed')[0]).toMatchObject({ shards: 12 });
    expect(eventsOf(events, 'stage-started').map(({ stage }) => stage)).toEqual(['survey', 'plan', 'publish']);
    expect(resultIn(output)).toEqual(undisturbed);
  });

  it('does not take a shard for whole because it exists', async () => {
    const output = `torn-${strategy}`;
    const input = recipe(output, { strategy });
    await interrupt(input, { operations: ['create'], location: 'shards.00009', failAt: 1 });
    const shards = join(runFolderIn(output), 'shards');
    const [first, second] = readdirSync(shards).sort();
    truncateSync(join(shards, first!), 100);
    const bytes = readFileSync(join(shards, second!));
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(join(shards, second!), bytes);
    await doJob(input, { resume: true });
    expect(resultIn(output)).toEqual(undisturbed);
  });
});

describe('spilled rows', () => {
  const input = (output: string, more: Partial<RecipeInput> = {}) => recipe(output, { strategy: 'spill', ...more });
  const fault = { operations: ['create'], location: 'spill-000003', failAt: 1 } as const;

  it('are not scattered again where their file is whole', async () => {
    const { kept } = await interrupt(input('spill'), fault);
    expect(kept).toBe(true);
    const { events } = await doJob(input('spill'), { resume: true });
    expect(eventsOf(events, 'resumed')[0]).toMatchObject({ shards: 0, scatterUnits: 3 });
    expect(resultIn('spill')).toEqual(undisturbed);
  });

  it('are scattered again where it is not', async () => {
    await interrupt(input('spill-torn'), fault);
    const file = join(runFolderIn('spill-torn'), 'spill', 'spill-000001.bin');
    const bytes = readFileSync(file);
    bytes[bytes.length - 5]! ^= 4;
    writeFileSync(file, bytes);
    const { events } = await doJob(input('spill-torn'), { resume: true });
    expect(eventsOf(events, 'resumed')[0]).toMatchObject({ scatterUnits: 2 });
    expect(resultIn('spill-torn')).toEqual(undisturbed);
  });

  it('are of use with the default budget, which is never the same twice', async () => {
    const own = input('spill-budget', { memory: undefined });
    await interrupt(own, fault, { freeMemory: 2.0e9 });
    const { events } = await doJob(own, { resume: true, freeMemory: 1.9e9 });
    expect(eventsOf(events, 'resumed')[0]).toMatchObject({ scatterUnits: 3 });
    expect(resultIn('spill-budget')).toEqual(undisturbed);
  });

  it('in a temp folder that is another now are scattered again, and the old ones are removed', async () => {
    await interrupt(input('spill-temp', { tempDir: join(folder, 'temp-a') }), fault);
    expect(readdirSync(join(folder, 'temp-a'))).toHaveLength(1);
    const { events } = await doJob(input('spill-temp', { tempDir: join(folder, 'temp-b') }), { resume: true });
    expect(eventsOf(events, 'resumed')).toEqual([]);
    expect(resultIn('spill-temp')).toEqual(undisturbed);
    expect([readdirSync(join(folder, 'temp-a')), readdirSync(join(folder, 'temp-b'))]).toEqual([[], []]);
  });

  it('is kept from nobody else: memory, workers and strategy may change', async () => {
    await interrupt(input('spill-other'), fault);
    await doJob(recipe('spill-other', { strategy: 'memory', workers: 2, memory: '2GB' }), { resume: true });
    expect(resultIn('spill-other')).toEqual(undisturbed);
  });
});

describe('--resume', () => {
  it('starts a job of which nothing is begun', async () => {
    await doJob(recipe('nothing'), { resume: true });
    expect(resultIn('nothing')).toEqual(undisturbed);
  });

  it('verifies a finished result of the same job, and changes nothing', async () => {
    const before = everythingIn(join(folder, 'reference'));
    const { report, events } = await tryJob(recipe('reference'), { resume: true });
    expect(report).toMatchObject({ ok: true, rows: data.rows });
    expect(report?.shards).toHaveLength(12);
    expect(eventsOf(events, 'verified')).toHaveLength(1);
    expect(everythingIn(join(folder, 'reference'))).toEqual(before);
    expect(resultIn('reference')).toEqual(undisturbed);
  });

  it('refuses a finished result of another job, and one that was changed', async () => {
    cpSync(join(folder, 'reference'), join(folder, 'finished'), { recursive: true });
    const { error } = await failJob(recipe('finished', { seed: 'other' }), { resume: true });
    expect(error).toMatchObject({
      code: 'RESUME_REFUSED',
      exitCode: 2,
      message: expect.stringMatching(/seed was "42" and is "other"/),
    });
    writeFileSync(join(folder, 'finished', '00003.parquet'), 'changed');
    const changed = await failJob(recipe('finished'), { resume: true });
    expect(changed.error).toMatchObject({ code: 'VERIFICATION_FAILED', exitCode: 3 });
    await doJob(recipe('finished', { overwrite: true }), { resume: true });
    expect(resultIn('finished')).toEqual(undisturbed);
  });

  it('goes on with an interrupted --overwrite, whose old result is whole until then', async () => {
    await doJob(recipe('old', { shards: 3, seed: 'old' }));
    const old = shardHashes(join(folder, 'old'));
    await interrupt(recipe('old', { overwrite: true }), {
      operations: ['create'],
      location: 'shards.00009',
      failAt: 1,
    });
    expect(shardHashes(join(folder, 'old'))).toEqual(old);
    expect(await verifyResult(join(folder, 'old'))).toMatchObject({ ok: true });
    await doJob(recipe('old'), { resume: true });
    expect(resultIn('old')).toEqual(undisturbed);
  });

  it('is asked for: without it and without --overwrite the work is not touched', async () => {
    const input = recipe('asked');
    await interrupt(input, { operations: ['create'], location: 'shards.00009', failAt: 1 });
    const before = everythingIn(join(folder, 'asked'));
    const { error } = await failJob(input);
    expect(error).toMatchObject({ code: 'OUTPUT_NOT_EMPTY', message: expect.stringMatching(/--resume/) });
    expect(everythingIn(join(folder, 'asked'))).toEqual(before);
    await doJob({ ...input, overwrite: true });
    expect(resultIn('asked')).toEqual(undisturbed);
  });

  it('goes on after a signal', async () => {
    const controller = new AbortController();
    const input = recipe('signal', { strategy: 'spill' });
    const stopped = await tryJob(input, {
      signal: controller.signal,
      onEvent: (event) => event.type === 'progress' && event.stage === 'gather' && controller.abort(),
    });
    expect(stopped.error?.code).toBe('CANCELLED');
    expect(eventsOf(stopped.events, 'resumable')).toHaveLength(1);
    await doJob(input, { resume: true });
    expect(resultIn('signal')).toEqual(undisturbed);
  });

  it('leaves nothing to go on with where the job itself is at fault', async () => {
    const { error, events } = await failJob(recipe('forgetful'), {
      plugins: { writer: wrapperPlugin('forgetful-writer', { how: 'lose' }) },
    });
    expect(error.code).toBe('VERIFICATION_FAILED');
    expect(eventsOf(events, 'resumable')).toEqual([]);
    expect(everythingIn(join(folder, 'forgetful')).filter((name) => name.includes('run-'))).toEqual([]);
  });
});

describe('a job that is another one now', () => {
  const begin = async (output: string) => {
    cpSync(join(folder, 'in'), join(folder, `${output}-in`), { recursive: true, preserveTimestamps: true });
    const collections = data.collections.map(({ name, path }) => ({
      name,
      path: path.replace(join(folder, 'in'), join(folder, `${output}-in`)),
    }));
    const input = { ...recipe(output), collections };
    await interrupt(input, { operations: ['create'], location: 'shards.00009', failAt: 1 });
    return {
      input,
      first: readdirSync(collections[0]!.path, { recursive: true })
        .map((name) => join(collections[0]!.path, String(name)))
        .filter((name) => name.endsWith('.parquet'))
        .sort()[0]!,
    };
  };
  /** Why it is refused to go on. */
  const refusal = async (input: RecipeInput) => {
    const { error } = await failJob(input, { resume: true });
    expect(error).toMatchObject({ code: 'RESUME_REFUSED', exitCode: 2 });
    return error.message;
  };

  it('is refused, saying what of the recipe changed; back as it was, it goes on', async () => {
    const { input } = await begin('recipe');
    expect(await refusal({ ...input, seed: '43', shards: 11, compression: 'snappy', profile: 'fastest' })).toMatch(
      /compression was "zstd" and is "snappy"\n.*profile was "balanced" and is "fastest"\n.*seed was "42" and is "43"\n.*shards was 12 and is 11/,
    );
    await doJob(input, { resume: true });
    expect(resultIn('recipe')).toEqual(undisturbed);
  });

  it('is refused, naming the input that was written to, grew, went, or came', async () => {
    const { input, first } = await begin('inputs');
    const original = readFileSync(first);
    utimesSync(first, new Date(), new Date());
    expect(await refusal(input)).toMatch(/was written to since/);
    writeFileSync(first, Buffer.concat([original.subarray(0, 4), original]));
    expect(await refusal(input)).toMatch(/had \d+ bytes and has \d+|no longer readable/);
    rmSync(first);
    expect(await refusal(input)).toMatch(/is no longer there or no longer readable/);
  });
});
