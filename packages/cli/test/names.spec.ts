import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

const job = ['--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '2', '--card', '--overwrite'];

it('--names puts the shards where loaders look, and a recipe does the same', async () => {
  const workingFolder = temporaryFolder();
  await makeDataset(workingFolder, { rowsPerShard: 20 });
  const pattern = 'data/train-{shard}-of-{shards}';
  const ran = await runBinary(['run', ...job, '--names', pattern], { workingFolder });
  expect([ran.exitCode, ran.stderr]).toEqual([0, expect.stringContaining("'out/*/*.parquet'")]);
  const names = ['train-00000-of-00002.parquet', 'train-00001-of-00002.parquet'];
  expect(readdirSync(join(workingFolder, 'out', 'data'))).toEqual(names);
  expect((await runBinary(['verify', 'out'], { workingFolder })).exitCode).toBe(0);

  const recipe = {
    collections: [{ name: 'a', path: 'a' }],
    output: 'out2',
    plugins: { layout: { specifier: 'pattern', options: { pattern: 'train/{shard:1}' } } },
  };
  writeFileSync(join(workingFolder, 'riffle.yaml'), JSON.stringify({ ...recipe, shards: 2 }));
  expect((await runBinary(['run', 'riffle.yaml'], { workingFolder })).exitCode).toBe(0);
  expect(readdirSync(join(workingFolder, 'out2', 'train'))).toEqual(['0.parquet', '1.parquet']);
  // The flag goes before the recipe.
  const other = ['run', 'riffle.yaml', '--overwrite', '--names', '{shard}'];
  expect((await runBinary(other, { workingFolder })).exitCode).toBe(0);
  expect(readdirSync(join(workingFolder, 'out2')).sort()).toEqual(['.riffle', '00000.parquet', '00001.parquet']);
});

it('--names is refused before any work where it would name no place', async () => {
  const workingFolder = temporaryFolder();
  await makeDataset(workingFolder, { rowsPerShard: 5 });
  const { exitCode, stderr } = await runBinary(['run', ...job, '--names', '../{shard}'], { workingFolder });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('which can be none')]);
  expect(readdirSync(workingFolder)).not.toContain('out');
});
