import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { makeDataset, openDuckDB, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, failJob, tryJob } from './support/job.ts';
import { failingDisk } from './support/plugins.ts';
import { published } from './support/published.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'in'), { rowsPerShard: 50, connection: duckdb });
});
afterAll(() => duckdb.closeSync());
const recipe = (output: string, onBadShard: RecipeInput['onBadShard'] = 'skip'): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 3,
  onBadShard,
});
/** One input shard, not the one of which the plan takes its sample. */
const shard = '/b/00000';

describe('what depends on the machine ends the job and loses no shard, whatever --on-bad-shard says', () => {
  it.each([
    ['list', 'EIO', `${shard}$`],
    ['list', 'EACCES', `${shard}$`],
    ['list', 'EMFILE', `${shard}$`],
    ['open', 'EACCES', `${shard}/`],
    ['open', 'EMFILE', `${shard}/`],
    ['open', 'EIO', `${shard}/`],
    ['read', 'EIO', `${shard}/`],
  ] as const)('%s: %s', async (operation, systemCode, location) => {
    for (const onBadShard of ['skip', 'salvage'] as const) {
      const input = recipe(`${operation} ${systemCode} ${onBadShard}`, onBadShard);
      const plugins = failingDisk({ failAt: 1, times: 'always', operations: [operation], systemCode, location });
      const { error, events } = await failJob(input, { plugins });
      expect(error).toMatchObject({
        code: 'STORAGE_FAILED',
        exitCode: 1,
        details: { systemCode },
        message: expect.stringContaining(shard),
      });
      expect(eventsOf(events, 'shard-lost')).toEqual([]);
      expect(published(input.output)).toEqual([]);
    }
  });

  it('EIO at any read of an input, in the survey and while decoding', async () => {
    const stages = new Set<string>();
    for (let failAt = 1; ; failAt++) {
      const input = recipe(`read ${failAt}`);
      const faultLog = join(folder, `read-${failAt}.log`);
      const plugins = failingDisk({ failAt, times: 'always', operations: ['read'], location: `${shard}/`, faultLog });
      const started: string[] = [];
      const onEvent = (event: { readonly type: string; readonly stage?: string }) => {
        if (event.type === 'stage-started') started.push(event.stage!);
      };
      const { error, events, report } = await tryJob(input, { plugins, onEvent });
      expect(eventsOf(events, 'shard-lost')).toEqual([]);
      if (!existsSync(faultLog)) {
        expect(report).toMatchObject({ rows: 300, lost: [] });
        break;
      }
      expect(readFileSync(faultLog, 'utf8')).toContain(shard);
      stages.add(started.at(-1)!);
      expect(error).toMatchObject({ code: 'STORAGE_FAILED', exitCode: 1, details: { systemCode: 'EIO' } });
      expect(published(input.output)).toEqual([]);
    }
    expect([...stages]).toEqual(['survey', 'scatter']);
  });

  it('too little memory', async () => {
    const input = { ...recipe('little memory'), memory: '2MB' };
    const { error, events } = await failJob(input);
    expect(error).toMatchObject({ code: 'MEMORY_TOO_SMALL', exitCode: 2 });
    expect(eventsOf(events, 'shard-lost')).toEqual([]);
    expect(published(input.output)).toEqual([]);
  });
});
