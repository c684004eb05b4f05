import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@riffle/core';
import { makeDataset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

/** A name that clears the screen, hides itself, turns the reading direction, and begins a line like Riffle's last one. */
const evil = '\u001b[2J\u001b[8m\u009b31m\u202e\u200f\r\nDone and verified: 1 row in 1 shard, out';

it('names that steer a terminal are shown without what steers, and are exact in the JSON', async () => {
  const workingFolder = temporaryFolder();
  await makeDataset(workingFolder, { collections: ['a', 'b'], shardsPerCollection: 1, rowsPerShard: 10 });
  mkdirSync(join(workingFolder, 'a', evil));
  writeFileSync(join(workingFolder, 'a', evil, 'x.parquet'), '<html>');
  cpSync(join(workingFolder, 'b/00000/data.parquet'), join(workingFolder, 'b', `${evil}.parquet`));
  const job = ['run', '--input', 'a=a', '--input', 'b=b', '--output', 'out', '--shards', '2'];
  const { exitCode, stdout, stderr } = await runBinary([...job, '--json', '--verbose'], { workingFolder });
  expect(exitCode).toBe(0);
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200f\u202e]/);
  expect(stderr.split('\n').filter((line) => line.startsWith('Done'))).toEqual([
    expect.stringMatching(/^Done and verified: 30 rows in 2 shards, out; lost 1 of 4 shards/),
  ]);
  expect((JSON.parse(stdout) as Report).lost).toMatchObject([{ path: evil }]);
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200f\u202e]/);
});

it('the same where such a name is the reason why a job fails', async () => {
  const workingFolder = temporaryFolder();
  await makeDataset(workingFolder, { collections: ['a'], shardsPerCollection: 1, rowsPerShard: 10 });
  mkdirSync(join(workingFolder, 'a', evil));
  writeFileSync(join(workingFolder, 'a', evil, 'x.parquet'), '<html>');
  const job = ['run', '--input', 'a=a', '--output', 'out', '--shards', '2', '--on-bad-shard', 'fail'];
  for (const format of ['text', 'json']) {
    const { exitCode, stderr } = await runBinary([...job, '--log-format', format], { workingFolder });
    expect(exitCode).toBe(1);
    // oxlint-disable-next-line no-control-regex -- these are what must not be there
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200f\u202e]/);
    expect(stderr).not.toMatch(/^Done/m);
  }
});
