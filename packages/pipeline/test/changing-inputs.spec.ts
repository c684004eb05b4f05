import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput, RiffleEvent } from '@riffle/core';
import { makeDataset, openDuckDB, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, failJob, planJob } from './support/job.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { published } from './support/published.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const changed = '00001/data.parquet';
let duckdb: DuckDBConnection;
let data: MadeDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'good'), {
    collections: ['a'],
    rowsPerShard: 5000,
    rowGroupRows: 2048,
    connection: duckdb,
  });
});
afterAll(() => duckdb.closeSync());

/** A copy of the data that somebody may write into. */
function copy(name: string): { readonly path: string; readonly output: string; readonly file: string } {
  const path = join(folder, name);
  cpSync(join(data.folder, 'a'), path, { recursive: true });
  return { path, output: join(folder, `${name} out`), file: join(path, changed) };
}

/** Does something when a stage starts for the n-th time. */
function atStage(stage: string, count: number, action: () => void): (event: RiffleEvent) => void {
  let left = count;
  return (event) => {
    if (event.type === 'stage-started' && event.stage === stage && --left === 0) action();
  };
}

/** With some of its bytes changed, so that it still has a sound footer. */
const tampered = (file: string) => readFileSync(file).fill(0, 4, 200);

const changes: Readonly<Record<string, (file: string) => void>> = {
  'replaced by another file of as many bytes': (file) => {
    writeFileSync(`${file}.new`, tampered(file));
    renameSync(`${file}.new`, file);
  },
  'overwritten with as many bytes': (file) => writeFileSync(file, tampered(file)),
  'appended to': (file) => appendFileSync(file, 'more'),
  truncated: (file) => truncateSync(file, 1000),
  emptied: (file) => truncateSync(file, 0),
  'written anew with the same bytes': (file) => writeFileSync(file, readFileSync(file)),
  touched: (file) => utimesSync(file, new Date(), new Date()),
};

describe('an input that changes between survey and scatter ends the job, whatever --on-bad-shard says: nothing is published', () => {
  it.each(Object.keys(changes))('%s: FILE_CHANGED', async (change) => {
    const { path, output, file } = copy(change);
    const onEvent = atStage('scatter', 1, () => changes[change]!(file));
    const { error } = await failJob({ collections: [{ name: 'c', path }], output, shards: 2 }, { onEvent });
    expect(error).toMatchObject({ code: 'FILE_CHANGED', exitCode: 1, message: expect.stringContaining(changed) });
    expect(published(output)).toEqual([]);
  });

  it.each<[string, (file: string) => void, RegExp]>([
    ['removed', (file) => rmSync(file), /does not exist \(ENOENT\)/],
    [
      'replaced by a FIFO',
      (file) => {
        rmSync(file);
        execFileSync('mkfifo', [file], { stdio: 'ignore' });
      },
      /it is a FIFO/,
    ],
    [
      'replaced by a folder',
      (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      /it is a folder/,
    ],
  ])('%s: STORAGE_FAILED', async (change, apply, reason) => {
    const { path, output, file } = copy(change);
    const onEvent = atStage('scatter', 1, () => apply(file));
    const { error } = await failJob({ collections: [{ name: 'c', path }], output, shards: 2 }, { onEvent });
    expect(error).toMatchObject({ code: 'STORAGE_FAILED', exitCode: 1, message: expect.stringContaining(changed) });
    expect(error.message).toMatch(reason);
    expect(published(output)).toEqual([]);
  });
});

describe('an input that changes later ends the job as well', () => {
  it.each(['append', 'truncate', 'remove', 'overwrite', 'replace'])('while it is being decoded: %s', async (change) => {
    const { path, output, file } = copy(`decoding ${change}`);
    const armed = join(folder, `armed ${change}`);
    const storage = wrapperPlugin('changing-storage', { file, armed, change, reads: 1 });
    const onEvent = atStage('scatter', 1, () => writeFileSync(armed, ''));
    const { error } = await failJob(
      { collections: [{ name: 'c', path }], output, shards: 2 },
      { onEvent, plugins: { storage } },
    );
    expect(existsSync(armed)).toBe(false);
    // What is gone may be missed first by the next task that opens it.
    const code = change === 'remove' ? expect.stringMatching(/^(FILE_CHANGED|STORAGE_FAILED)$/) : 'FILE_CHANGED';
    expect(error).toMatchObject({ code, exitCode: 1, message: expect.stringContaining(changed) });
    expect(published(output)).toEqual([]);
  });

  it('between two passes over the input', async () => {
    const wide = await makeDataset(join(folder, 'wide'), {
      collections: ['a'],
      rowsPerShard: 2500,
      columns: { id: 'i', recording: "encode(repeat(md5(i || 'recording'), 300))" },
      connection: duckdb,
    });
    const plugins = { writer: wrapperPlugin('frugal-writer') };
    const output = join(folder, 'passes out');
    const recipe: RecipeInput = {
      collections: [...wide.collections],
      output,
      shards: 40,
      rowGroupBytes: '1MiB',
      strategy: 'passes',
    };
    const { minimum } = (await planJob(recipe, { plugins })).memory;
    const onEvent = atStage('scatter', 2, () => changes['overwritten with as many bytes']!(wide.files[1]!.path));
    const { error, events } = await failJob({ ...recipe, memory: Math.ceil(minimum * 1.2) }, { onEvent, plugins });
    expect(eventsOf(events, 'stage-started').filter(({ stage }) => stage === 'scatter')).toHaveLength(2);
    expect(error).toMatchObject({ code: 'FILE_CHANGED', exitCode: 1, message: expect.stringContaining(changed) });
    expect(published(output)).toEqual([]);
  });
});

describe('an input that is being written while it is surveyed', () => {
  it.each(['append', 'overwrite'])('is no bad shard: %s', async (change) => {
    const { path, output, file } = copy(`survey ${change}`);
    // As it stands it is no good, and a moment later it is another file.
    truncateSync(file, readFileSync(file).length - 4);
    const armed = join(folder, `armed survey ${change}`);
    writeFileSync(armed, '');
    const storage = wrapperPlugin('changing-storage', { file, armed, change, reads: 1 });
    const { error } = await failJob(
      { collections: [{ name: 'c', path }], output, shards: 2 },
      { plugins: { storage } },
    );
    expect(error).toMatchObject({ code: 'FILE_CHANGED', exitCode: 1, message: expect.stringContaining(changed) });
    expect(published(output)).toEqual([]);
  });
});
