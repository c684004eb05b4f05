import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob } from './support/job.ts';
import { shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
/** Every row group decodes to about 2 MB, all of them to 40 MB. */
const limits = { decodedBytes: '8MiB', decodedRatio: 100 };
const recipe = (output: string, path: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [{ name: 'c', path: join(folder, path) }],
  output: join(folder, output),
  shards: 3,
  limits,
  ...more,
});

async function write(path: string, rows: number, text: string): Promise<void> {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  await duckdb.run(
    `COPY (SELECT i AS row, ${text} AS t FROM range(${rows}) r(i)) TO '${join(folder, path)}' (FORMAT parquet, ROW_GROUP_SIZE 2048, CODEC zstd)`,
  );
}

beforeAll(async () => {
  duckdb = await openDuckDB();
  for (const place of ['without', 'with']) {
    await write(`${place}/a.parquet`, 3000, "hash(i)::VARCHAR || ' text'");
    await write(`${place}/c.parquet`, 3000, "hash(i + 7)::VARCHAR || ' text'");
  }
  await write('with/b.parquet', 20 * 2048, "repeat('x', 1000)");
  await doJob(recipe('reference', 'without'));
});
afterAll(() => duckdb.closeSync());

describe('a decompression bomb of many row groups, each within the limits', () => {
  it.each(['memory', 'spill', 'passes'] as const)(
    'is refused as a whole (%s): the job is one without it',
    async (strategy) => {
      const { report } = await doJob(recipe(`skip-${strategy}`, 'with', { strategy }));
      const { size } = statSync(join(folder, 'with/b.parquet'));
      expect(report.lost).toMatchObject([
        {
          path: 'b.parquet',
          code: 'BAD_CONTENT',
          kind: 'bomb',
          rows: 20 * 2048,
          reason: expect.stringContaining(`${size} bytes of file decode to more than 8388608 bytes`),
        },
      ]);
      expect(shardHashes(join(folder, `skip-${strategy}`))).toEqual(shardHashes(join(folder, 'reference')));
    },
  );

  it('gives nothing to salvage', async () => {
    const { report } = await doJob(recipe('salvage', 'with', { onBadShard: 'salvage' }));
    expect(report.collections).toMatchObject([{ loaded: 2, failed: 1, salvaged: 0, rows: 6000 }]);
    expect(shardHashes(join(folder, 'salvage'))).toEqual(shardHashes(join(folder, 'reference')));
  });

  it('is data like any other under limits that allow it', async () => {
    const { report } = await doJob(recipe('allowed', 'with', { limits: { decodedBytes: '1GiB' } }));
    expect([report.rows, report.lost]).toEqual([6000 + 20 * 2048, []]);
  });

  it('stops the job with --on-bad-shard fail', async () => {
    const { error } = await failJob(recipe('fail', 'with', { onBadShard: 'fail' }));
    expect(error).toMatchObject({ code: 'BAD_SHARD', message: expect.stringContaining('decompression bomb') });
  });
});
