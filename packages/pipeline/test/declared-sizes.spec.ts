import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataset, falsifyCounts, openDuckDB, type MadeDataset } from '@riffle/testkit';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob } from './support/job.ts';
import { shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
const columns = { id: 'i::INTEGER', label: "'label-' || i % 3" };
const make = (name: string): Promise<MadeDataset> =>
  makeDataset(join(folder, name), { collections: ['a'], shardsPerCollection: 4, columns, connection: duckdb });
const recipe = (data: MadeDataset, output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 2,
  memory: '400MB',
  ...more,
});
let without: readonly string[];

beforeAll(async () => {
  duckdb = await openDuckDB();
  const data = await make('without');
  rmSync(join(data.folder, 'a/00001'), { recursive: true });
  await doJob(recipe(data, 'reference'));
  without = shardHashes(join(folder, 'reference'));
});
afterAll(() => duckdb.closeSync());

describe('a small file whose footer declares rows without end, free of contradictions', () => {
  // 2^40 rows would need more disk, and 2^52 more row numbers, than there are: the file is at fault, and not the machine.
  it.each([2 ** 30, 2 ** 40, 2 ** 52])('%d rows: a bad shard; the others are delivered', async (rows) => {
    const data = await make(`declares ${rows}`);
    await falsifyCounts(data.files[1]!.path, 'chunks', rows);
    for (const strategy of ['memory', 'spill', 'passes'] as const) {
      const output = `${strategy} ${rows}`;
      const { report } = await doJob(recipe(data, output, { strategy }));
      expect(report).toMatchObject({ rows: 300, lost: [{ path: '00001', code: 'BAD_CONTENT' }] });
      expect(shardHashes(join(folder, output))).toEqual(without);
    }
  });

  it('is told as what it would be', async () => {
    const data = await make('told');
    await falsifyCounts(data.files[1]!.path, 'chunks', 2 ** 40);
    const { report } = await doJob(recipe(data, 'told out'));
    expect(report.lost[0]).toMatchObject({
      kind: 'bomb',
      reason: expect.stringMatching(
        /it declares 1099511627876 rows, which would decode from \d+ bytes of file to 8796093023008 bytes at least/,
      ),
    });
  });
});
