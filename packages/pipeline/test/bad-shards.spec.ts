import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  breakages,
  corruptPage,
  makeDataset,
  openDuckDB,
  sameMultiset,
  speechColumns,
  type MadeDataset,
} from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob } from './support/job.ts';
import { everythingIn, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
/** Shard 1 of 3 is the one that breaks: the middle one, where the plan takes its sample. */
const broken = '00001/data.parquet';
const shards = 4;

beforeAll(async () => {
  duckdb = await openDuckDB();
  // The second shard has another kind of text, so that encodings chosen with it would differ.
  const columns = {
    ...speechColumns,
    text: "CASE WHEN shard % 3 = 1 THEN md5(i::VARCHAR) || md5('x' || i) ELSE 'word ' || i % 3 END",
  };
  data = await makeDataset(join(folder, 'good'), {
    collections: ['a', 'b'],
    rowsPerShard: 3000,
    rowGroupRows: 2048,
    columns,
    connection: duckdb,
  });
});
afterAll(() => duckdb.closeSync());

function copy(name: string): { readonly name: string; readonly path: string }[] {
  cpSync(data.folder, join(folder, name), { recursive: true });
  return ['a', 'b'].map((collection) => ({ name: collection, path: join(folder, name, collection) }));
}

describe('a bad shard among good ones', () => {
  let reference: readonly string[];
  let digested: { readonly inputs: unknown; readonly outputs: unknown };

  beforeAll(async () => {
    const collections = copy('never there');
    rmSync(join(folder, 'never there/b/00001'), { recursive: true });
    const output = join(folder, 'never there out');
    await doJob({ collections, output, shards });
    reference = shardHashes(output);
    const { inputs, outputs } = readManifest(output).receipt;
    digested = { inputs, outputs };
  });

  it('gives, had it never been there, the rows of the others', async () => {
    expect(
      await sameMultiset(duckdb, join(folder, 'never there/*/*/*.parquet'), join(folder, 'never there out/*.parquet')),
    ).toMatchObject({ same: true, leftRows: 15_000 });
  });

  it.each(breakages)(
    '$name: survived, reported, and the result is the same to the byte as if it had never been there',
    async ({ name, apply, status }) => {
      const collections = copy(name);
      await apply(join(folder, name, 'b', broken));
      const output = join(folder, `${name} out`);
      const { report, events } = await doJob({ collections, output, shards });
      expect(shardHashes(output)).toEqual(reference);
      const { inputs, outputs } = readManifest(output).receipt;
      expect({ inputs, outputs }).toEqual(digested);
      const code = status === 'empty' ? 'EMPTY' : 'BAD_CONTENT';
      // All but the damaged page show in the footer.
      const late = name === 'damaged page';
      const reason = expect.stringMatching(
        status === 'empty' ? /^the folder is empty$/ : /^data\.parquet: \w+ .*\w+ \w+/,
      );
      const kind = expect.stringMatching(/^[a-z]+$/);
      expect(report.lost).toEqual([
        { collection: 'b', path: '00001', code, kind, reason, ...(late ? { rows: 3000 } : {}) },
      ]);
      expect(report.collections[1]).toEqual({
        name: 'b',
        loaded: 2,
        missing: 0,
        failed: status === 'failed' ? 1 : 0,
        empty: status === 'empty' ? 1 : 0,
        salvaged: 0,
        rows: 6000,
      });
      expect(eventsOf(events, 'replanning')).toHaveLength(late ? 1 : 0);
      expect(everythingIn(output).filter((path) => path.includes('run-'))).toEqual([]);
    },
  );

  it.each(['memory', 'spill', 'passes'] as const)('damaged late, with strategy %s', async (strategy) => {
    const collections = copy(`late ${strategy}`);
    await corruptPage(join(folder, `late ${strategy}`, 'b', broken));
    const output = join(folder, `late ${strategy} out`);
    await doJob({ collections, output, shards, strategy, workers: 2 });
    expect(shardHashes(output)).toEqual(reference);
  });
});

describe('late corruption', () => {
  it('is found in all shards at once, so that the job plans anew only once', async () => {
    const collections = copy('two late');
    await corruptPage(join(folder, 'two late/a', broken));
    await corruptPage(join(folder, 'two late/b/00002/data.parquet'));
    const { report, events } = await doJob({ collections, output: join(folder, 'two late out'), shards });
    expect(
      eventsOf(events, 'replanning').map(({ lost }) =>
        lost.map(({ collection, path }) => `${collection}/${path}`).toSorted(),
      ),
    ).toEqual([['a/00001', 'b/00002']]);
    expect(eventsOf(events, 'planned')).toHaveLength(2);
    expect(report.lost.map(({ collection, path }) => `${collection}/${path}`)).toEqual(['a/00001', 'b/00002']);
    expect(report.rows).toBe(12_000);
  });

  it('stops the job with --on-bad-shard fail, and nothing is published', async () => {
    const collections = copy('late fail');
    await corruptPage(join(folder, 'late fail/a', broken));
    const output = join(folder, 'late fail out');
    const { error } = await failJob({ collections, output, shards, onBadShard: 'fail' });
    expect(error).toMatchObject({ code: 'BAD_SHARD', exitCode: 1, details: { collection: 'a', shard: '00001' } });
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
  });

  it('counts against --max-loss', async () => {
    const collections = copy('late loss');
    await corruptPage(join(folder, 'late loss/a', broken));
    const output = join(folder, 'late loss out');
    const { error } = await failJob({ collections, output, shards, maxLoss: '10%' });
    expect(error).toMatchObject({ code: 'LOSS_TOO_HIGH', exitCode: 4 });
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
  });

  it('may leave fewer rows than shards: exit 1, not 2', async () => {
    const path = join(folder, 'few');
    await makeDataset(path, {
      collections: ['a'],
      shardsPerCollection: 2,
      rowsPerShard: (shard) => (shard === 0 ? 5 : 3000),
      connection: duckdb,
    });
    await corruptPage(join(path, 'a', broken));
    const { error } = await failJob({
      collections: [{ name: 'a', path: join(path, 'a') }],
      output: join(folder, 'few out'),
      shards: 6,
    });
    expect(error).toMatchObject({ code: 'SHARDS_EXCEED_ROWS', exitCode: 1, details: { shards: 6, rows: 5 } });
  });
});
