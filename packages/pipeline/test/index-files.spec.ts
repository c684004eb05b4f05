import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import { beforeAll, expect, it } from 'vitest';
import { doJob, failJob, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { builtPlugins, wrapperPlugin } from './support/plugins.ts';
import { readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let data: MixedDataset;
beforeAll(async () => {
  const duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb);
  duckdb.closeSync();
});
const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
  ...more,
});
const indexing = (...names: string[]) => ({ plugins: { writer: wrapperPlugin('indexing-writer', { names }) } });

it('what the format needs beside the shards is written, noted, verified, and goes with the result', async () => {
  const output = join(folder, 'indexed');
  const settings = indexing('index.json', 'state.json');
  const { report } = await doJob(recipe('indexed'), settings);
  const text = readFileSync(join(output, 'index.json'), 'utf8');
  const told = JSON.parse(text.slice('index.json '.length)) as { shards: unknown; columns: string[] };
  expect(told.shards).toEqual(report.shards);
  expect(told.columns.length).toBeGreaterThan(1);
  const { index } = readManifest(output).receipt;
  const sha256 = createHash('sha256').update(text).digest('hex');
  expect(index?.[0]).toEqual({ file: 'index.json', bytes: Buffer.byteLength(text), sha256 });
  expect((await verifyResult(output, settings)).ok).toBe(true);

  writeFileSync(join(output, 'index.json'), text.replace('"', "'"));
  expect((await verifyResult(output, settings)).findings).toMatchObject([{ file: 'index.json', code: 'sha256' }]);
  writeFileSync(join(output, 'index.json'), 'other');
  expect((await verifyResult(output, settings)).findings).toMatchObject([{ file: 'index.json', code: 'bytes' }]);
  rmSync(join(output, 'index.json'));
  expect((await verifyResult(output, settings)).findings).toMatchObject([{ file: 'index.json', code: 'missing' }]);

  // A result that needs none of them leaves none, and nothing that somebody changed is removed.
  writeFileSync(join(output, 'index.json'), 'mine');
  await doJob(recipe('indexed', { overwrite: true }));
  expect(existsSync(join(output, 'state.json'))).toBe(false);
  expect(readFileSync(join(output, 'index.json'), 'utf8')).toBe('mine');
  expect(readManifest(output).receipt).not.toHaveProperty('index');

  // Nor is it overwritten.
  const { report: again } = await doJob(recipe('indexed', { overwrite: true }), settings);
  expect(again.warnings.join()).toContain('set-aside-index.json');
  expect(readFileSync(join(output, '.riffle', 'set-aside-index.json'), 'utf8')).toBe('mine');
  expect(readFileSync(join(output, 'index.json'), 'utf8')).toBe(text);
  expect((await verifyResult(output, settings)).ok).toBe(true);
});

it.each(['../index.json', '.hidden', '00001.parquet', 'README.md', 'a/b'])(
  'no writer writes %s beside the shards',
  async (name) => {
    const { error } = await failJob(recipe('escaped', { overwrite: true }), indexing(name));
    expect(error).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining(name) });
    expect(existsSync(join(folder, 'index.json'))).toBe(false);
  },
);

it('a reader is told the types of what Riffle wrote, wherever it is read back', async () => {
  const asking = wrapperPlugin('asking-reader');
  const output = join(folder, 'asked');
  // The inputs are read by another reader of the same files, as their types are not known.
  await doJob(recipe('asked'), { plugins: { ...builtPlugins, readers: [...builtPlugins.readers] } });
  const { findings } = await verifyResult(output, { plugins: { ...builtPlugins, readers: [asking] } });
  expect(findings).toEqual([]);
  await doJob(recipe('asked', { overwrite: true }), { plugins: { ...builtPlugins, readers: [asking] } });
});
