import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { tryMachine } from './support/job.ts';
import { failingDisk } from './support/plugins.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(() => makeDataset(folder, { collections: ['a'], shardsPerCollection: 2, rowsPerShard: 100 }));

const recipe = (output: string) => ({
  collections: [{ name: 'a', path: join(folder, 'a') }],
  output: join(folder, output),
  shards: 2,
});
const names = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('a trial', () => {
  it('gives speeds of disk and codec, and leaves nothing behind, whether the output is there or not', async () => {
    mkdirSync(join(folder, 'there'));
    const before = names();
    for (const output of ['there', 'not/there/yet']) {
      const speeds = await tryMachine(recipe(output));
      expect(Object.keys(speeds!).sort()).toEqual(['decode', 'encode', 'fingerprint', 'read', 'write']);
      for (const speed of Object.values(speeds!)) expect(speed).toBeGreaterThan(1000);
    }
    expect(names()).toEqual(before);
  });

  it('stops with its signal, and leaves nothing behind then either', async () => {
    const before = names();
    const signal = AbortSignal.abort();
    await expect(tryMachine(recipe('out'), { signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(names()).toEqual(before);
  });

  it('is of no use where the disk refuses, which the job will find out by itself', async () => {
    const before = names();
    const plugins = failingDisk({ failAt: 1, times: 'always', operations: ['write'], systemCode: 'ENOSPC' });
    expect(await tryMachine(recipe('out'), { plugins })).toBe(undefined);
    expect(names()).toEqual(before);
  });
});
