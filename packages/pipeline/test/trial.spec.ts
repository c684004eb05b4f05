import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { planJob, tryMachine } from './support/job.ts';
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
  it('gives what each kind of work costs, and leaves nothing behind, whether the output is there or not', async () => {
    mkdirSync(join(folder, 'there'));
    const before = names();
    for (const output of ['there', 'not/there/yet']) {
      const costs = await tryMachine(recipe(output));
      expect(costs).toMatchObject({ basis: 'measured', amounts: { rows: 200 } });
      expect(costs.diskSpeed).toBeGreaterThan(1000);
      for (const kind of ['decode', 'permute', 'fingerprint', 'place', 'encode', 'check', 'spill'] as const)
        expect(costs.seconds[kind]).toBeGreaterThan(0);
      // Less than a minute for 200 rows, whatever the machine.
      expect(Object.values(costs.seconds).reduce((sum, seconds) => sum + seconds, 0)).toBeLessThan(60);
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
    const plugins = failingDisk({ failAt: 2, times: 'always', operations: ['write'], systemCode: 'ENOSPC' });
    expect(await tryMachine(recipe('out'), { plugins })).toMatchObject({ basis: 'assumed' });
    expect(names()).toEqual(before);
  });

  it('is not made where a job is too short for it, so that small jobs wait for nothing', async () => {
    const tight = await planJob({ ...recipe('out'), strategy: 'auto' });
    expect(tight.costs.basis).toBe('assumed');
  });
});
