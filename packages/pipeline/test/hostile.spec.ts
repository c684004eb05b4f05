import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { makeDataset, openDuckDB, sameMultiset, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob, planJob, surveyJob, tryJob } from './support/job.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { columnOfResult, everythingIn, expectedSources } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
  ...more,
});

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'in'), { rowsPerShard: 40, connection: duckdb });
});
afterAll(() => duckdb.closeSync());

describe('folders that lie inside each other are refused before anything is written', () => {
  it.each<[string, Partial<RecipeInput>]>([
    ['output inside an input', { output: 'in/a/out' }],
    ['output is an input', { output: 'in/a', overwrite: true }],
    ['input inside the output', { output: 'in', overwrite: true }],
    ['output inside an input, by a link', { output: 'link/out' }],
    ['temp folder inside an input', { output: 'apart', tempDir: 'in/b/temp' }],
  ])('%s', async (_, more) => {
    if (!existsSync(join(folder, 'link'))) symlinkSync('in/a', join(folder, 'link'));
    const before = everythingIn(folder);
    for (const attempt of [
      tryJob(recipe('', more), { baseFolder: folder }).then(({ error }) => error),
      planJob(recipe('', more), { baseFolder: folder }).catch((error: unknown) => error),
    ]) {
      expect(await attempt).toMatchObject({ code: 'OVERLAPPING_FOLDERS', exitCode: 2 });
    }
    expect(everythingIn(folder)).toEqual(before);
  });
});

describe('names', () => {
  it('of any kind are read and reported as they are', async () => {
    const names = ['with space', "quote'", 'new\nline', 'täst 音 👋', '-rf', '%41', 'a..b', '$(x)', '[glob]*'];
    const path = join(folder, 'odd names');
    for (const name of names) {
      mkdirSync(join(path, name), { recursive: true });
      cpSync(data.files[0]!.path, join(path, name, `${name}.parquet`));
    }
    const output = join(folder, 'out of odd names 音');
    const { report } = await doJob({ collections: [{ name: 'odd\n"name"', path }], output, shards: 4 });
    expect(report).toMatchObject({
      rows: 40 * names.length,
      lost: [],
      collections: [{ name: 'odd\n"name"', loaded: names.length }],
    });
  });

  it('that look like numbers are ordered as text', async () => {
    const path = join(folder, 'numbers');
    for (const [index, name] of ['10', '9', '1'].entries()) {
      await makeDataset(join(folder, `numbers-${name}`), {
        collections: ['x'],
        shardsPerCollection: 1,
        rowsPerShard: 5,
        columns: { row: `i + ${index * 5}` },
        connection: duckdb,
      });
      cpSync(join(folder, `numbers-${name}/x/00000`), join(path, name), { recursive: true });
    }
    const output = join(folder, 'numbers out');
    await doJob({ collections: [{ name: 'n', path }], output, shards: 1 });
    const planOrder = [10, 11, 12, 13, 14, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect((await columnOfResult(duckdb, output, 'row')).map(Number)).toEqual(
      expectedSources(15).map((source) => planOrder[source]),
    );
  });
});

describe('inputs', () => {
  it('may be links, in a loop as well, and read-only', async () => {
    const path = join(folder, 'linked');
    mkdirSync(path);
    symlinkSync(join(data.folder, 'a/00000'), join(path, '00000'));
    symlinkSync(data.files[1]!.path, join(path, '00001.parquet'));
    symlinkSync('.', join(path, 'loop'));
    const { collections } = await surveyJob({ collections: [{ name: 'linked', path }], output: join(folder, 'never') });
    expect(collections[0]).toMatchObject({ rows: 80, lost: [] });
  });

  it('may be the same folder twice: then each row is there twice', async () => {
    const output = join(folder, 'twice');
    const [a] = data.collections;
    await doJob({ collections: [a!, { name: 'again', path: a!.path }], output, shards: 3 });
    const glob = join(a!.path, '*/*.parquet');
    expect(await sameMultiset(duckdb, [glob, glob], join(output, '*.parquet'))).toMatchObject({
      leftRows: 240,
      rightRows: 240,
      onlyRight: 0,
    });
  });

  it.each<[string, (path: string) => void]>([
    ['cut short', (path) => truncateSync(path, 500)],
    ['replaced by another', (path) => cpSync(join(folder, 'larger/x/00000/data.parquet'), path)],
    ['removed', (path) => rmSync(path)],
  ])('%s while the job runs fail it, whatever --on-bad-shard says: nothing is published', async (change, apply) => {
    await makeDataset(join(folder, 'larger'), {
      collections: ['x'],
      shardsPerCollection: 1,
      rowsPerShard: 70,
      connection: duckdb,
    });
    const path = join(folder, change);
    cpSync(join(data.folder, 'a'), path, { recursive: true });
    const onEvent = (event: { readonly type: string; readonly stage?: string }) => {
      if (event.type === 'stage-started' && event.stage === 'scatter') apply(join(path, '00001/data.parquet'));
    };
    const output = join(folder, `${change} out`);
    const { error } = await failJob({ collections: [{ name: 'c', path }], output, shards: 2 }, { onEvent });
    expect(error).toMatchObject({
      code: change === 'removed' ? 'STORAGE_FAILED' : 'FILE_CHANGED',
      exitCode: 1,
      message: expect.stringContaining('00001/data.parquet'),
    });
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl']);
  });
});

describe('plugins', () => {
  it.each([
    ['that is not there', 'file:///nowhere/plugin.mjs', /could not be loaded/],
    ['of another role', wrapperPlugin('frugal-writer').specifier, /storage/],
  ])('one %s is refused: PLUGIN_INVALID', async (_, specifier, message) => {
    const { error } = await failJob(recipe('no plugin', { plugins: { storage: { specifier } } }));
    expect(error).toMatchObject({ code: 'PLUGIN_INVALID', exitCode: 2, message: expect.stringMatching(message) });
    expect(existsSync(join(folder, 'no plugin'))).toBe(false);
  });

  it('a writer that loses a row is found out: VERIFICATION_FAILED, nothing published', async () => {
    const output = join(folder, 'forgetful');
    const { error } = await failJob(recipe('forgetful'), {
      plugins: { writer: wrapperPlugin('forgetful-writer', { how: 'lose' }) },
    });
    expect(error).toMatchObject({ code: 'VERIFICATION_FAILED', exitCode: 3, message: expect.stringMatching(/rows/) });
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl']);
  });

  it('a writer that writes one row twice instead of another is found out by the fingerprint', async () => {
    const { error } = await failJob(recipe('repeating'), {
      plugins: { writer: wrapperPlugin('forgetful-writer', { how: 'repeat' }) },
    });
    expect(error).toMatchObject({
      code: 'VERIFICATION_FAILED',
      exitCode: 3,
      message: expect.stringMatching(/holds other rows/),
    });
  });
});
