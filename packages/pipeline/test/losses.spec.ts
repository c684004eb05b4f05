import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { corruptPage, makeDataset, openDuckDB, sameMultiset, type MadeDataset } from '@riffle/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareUtf8 } from '../src/survey/find-files.ts';
import { doJob, eventsOf, failJob, planJob, tryJob } from './support/job.ts';
import { everythingIn, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
const shards = 3;

beforeAll(async () => {
  duckdb = await openDuckDB();
  // Two row groups a file. Texts differ from shard to shard, so that encodings chosen with a bad one would differ.
  data = await makeDataset(join(folder, 'good'), {
    rowsPerShard: (shard) => 2500 + shard,
    rowGroupRows: 2048,
    columns: { id: 'i', text: "CASE WHEN shard % 2 = 1 THEN md5(i::VARCHAR) ELSE 'word ' || i % 3 END" },
    connection: duckdb,
  });
});
afterAll(() => duckdb.closeSync());

let copies = 0;
function copy() {
  const root = join(folder, `copy-${copies++}`);
  cpSync(data.folder, root, { recursive: true });
  return { root, collections: ['a', 'b'].map((name) => ({ name, path: join(root, name) })), output: `${root}-out` };
}

/** The shard's place below the root, by its number over both collections. */
const shardAt = (shard: number) => `${shard < 3 ? 'a' : 'b'}/0000${shard % 3}`;
const fileAt = (shard: number) => `${shardAt(shard)}/data.parquet`;
const damages = {
  late: (path: string) => corruptPage(path),
  early: (path: string) => truncateSync(path, 5000),
} as const;

describe('a shard that turns out bad', () => {
  const broken = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('late', 'late', 'early')), {
    minLength: 1,
    maxLength: 4,
    selector: ([shard]) => shard,
  });

  it('leaves the result that there had been without it, whichever shards those are, with every strategy', async () => {
    await fc.assert(
      fc.asyncProperty(broken, async (shardsToBreak) => {
        const without = copy();
        const damaged = copy();
        for (const [shard, how] of shardsToBreak) {
          rmSync(join(without.root, shardAt(shard)), { recursive: true });
          await damages[how](join(damaged.root, fileAt(shard)));
        }
        await doJob({ collections: without.collections, output: without.output, shards });
        const { inputs, outputs } = readManifest(without.output).receipt;
        for (const strategy of ['memory', 'spill', 'passes'] as const) {
          const output = `${damaged.output}-${strategy}`;
          const { report } = await doJob({ collections: damaged.collections, output, shards, strategy, workers: 2 });
          expect(shardHashes(output)).toEqual(shardHashes(without.output));
          expect(readManifest(output).receipt).toMatchObject({ inputs, outputs });
          expect(report.lost.map(({ collection, path }) => `${collection}/${path}`)).toEqual(
            shardsToBreak.map(([shard]) => shardAt(shard)).toSorted(compareUtf8),
          );
        }
      }),
      { numRuns: 3, seed: 20_261_122, endOnFailure: true },
    );
  }, 60_000);

  it('has the same reason in the manifest, whichever worker finds which of its bad row groups first', async () => {
    const { root, collections, output } = copy();
    for (const group of [0, 1]) await corruptPage(join(root, fileAt(1)), group);
    for (const group of [1, 0]) await corruptPage(join(root, fileAt(5)), group);
    await doJob({ collections, output, shards, workers: 4 });
    await doJob({ collections, output: `${output}-one`, shards, workers: 1, strategy: 'spill' });
    const { lost } = readManifest(output).receipt;
    expect(lost.map(({ reason }) => /row group (\d)/.exec(reason)?.[1])).toEqual(['0', '0']);
    expect(readManifest(`${output}-one`).receipt.lost).toEqual(lost);
    expect(readManifest(`${output}-one`).digest).toBe(readManifest(output).digest);
  });
});

function readLosses(output: string): Record<string, unknown>[] {
  const text = readFileSync(join(output, '.riffle/lost.jsonl'), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Breaks shards in every way that there is; two more are expected than there are. */
async function loseEverything(): Promise<{ root: string; collections: RecipeInput['collections']; output: string }> {
  const { root, collections, output } = copy();
  truncateSync(join(root, fileAt(0)), 5000);
  await corruptPage(join(root, fileAt(1)));
  rmSync(join(root, shardAt(3)), { recursive: true });
  rmSync(join(root, fileAt(4)));
  mkdirSync(join(root, 'single'));
  cpSync(join(root, fileAt(5)), join(root, 'single/one.parquet'));
  await corruptPage(join(root, 'single/one.parquet'), 0);
  const single = { name: 'single', path: join(root, 'single/one.parquet') };
  return { root, output, collections: [collections[0]!, { ...collections[1]!, expect: '{00000..00002}' }, single] };
}

describe('.riffle/lost.jsonl', () => {
  it('has one line for each loss, of every kind, with what a script needs to fetch the shard again', async () => {
    const { root, collections, output } = await loseEverything();
    const { report, events } = await doJob({ collections, output, shards });
    const common = { status: 'failed', code: 'BAD_CONTENT', reason: expect.stringMatching(/^(data\.parquet: )?\w/) };
    const lines = readLosses(output);
    expect(lines).toEqual([
      { ...common, collection: 'a', path: '00000', kind: 'truncated', location: join(root, 'a/00000') },
      {
        ...common,
        collection: 'a',
        path: '00001',
        kind: expect.any(String),
        rows: 2501,
        location: join(root, 'a/00001'),
      },
      {
        collection: 'b',
        path: '00000',
        status: 'missing',
        code: 'MISSING',
        kind: 'missing',
        reason: 'expected ({00000..00002}) but not there',
        location: join(root, 'b/00000'),
      },
      {
        collection: 'b',
        path: '00001',
        status: 'empty',
        code: 'EMPTY',
        kind: 'empty',
        reason: 'the folder is empty',
        location: join(root, 'b/00001'),
      },
      {
        ...common,
        collection: 'single',
        path: 'one.parquet',
        kind: expect.any(String),
        rows: 2505,
        location: join(root, 'single/one.parquet'),
      },
    ]);
    // The same, wherever else losses are told.
    const told = lines.map(({ location: _location, ...lost }) => lost);
    expect(readManifest(output).receipt.lost).toEqual(told);
    expect(report.lost).toEqual(told.map(({ status: _status, ...lost }) => lost));
    const names = (lost: readonly { readonly collection?: unknown; readonly path?: unknown }[]) =>
      lost.map(({ collection, path }) => `${String(collection)}/${String(path)}`).toSorted(compareUtf8);
    expect(names(eventsOf(events, 'shard-lost').map(({ lost }) => lost))).toEqual(names(lines));
    expect(
      report.losses.map(({ collection, shards: lost, ofShards, rows, ofRows }) => [
        collection,
        lost,
        ofShards,
        rows,
        ofRows,
      ]),
    ).toEqual([
      ['a', 2, 3, 2501, 2501 + 2502],
      ['b', 2, 3, 0, 2505],
      ['single', 1, 1, 2505, 2505],
    ]);
    expect(report.losses.map(({ percent }) => percent)).toEqual([200 / 3, 200 / 3, 100]);
  });

  it('lets a script fetch what was lost: after that nothing is lost, and there is no such file', async () => {
    const { root, collections, output } = await loseEverything();
    await failJob({ collections, output, shards, maxLoss: '0.1%' });
    const script = `
      const { cpSync, readFileSync } = require('node:fs');
      for (const line of readFileSync(process.argv[1], 'utf8').split('\\n').filter(Boolean)) {
        const { location } = JSON.parse(line);
        cpSync(location.replace(process.argv[2], process.argv[3]), location, { recursive: true });
      }`;
    cpSync(join(data.folder, fileAt(5)), join(data.folder, 'single/one.parquet'));
    // What is lost late is found by a job that goes on: the one above stopped at the survey.
    await doJob({ collections, output, shards });
    execFileSync(process.execPath, ['-e', script, join(output, '.riffle/lost.jsonl'), root, data.folder], {
      stdio: 'ignore',
    });
    const { report } = await doJob({ collections, output, shards, overwrite: true, maxLoss: '0%' });
    expect(report.lost).toEqual([]);
    expect(existsSync(join(output, '.riffle/lost.jsonl'))).toBe(false);
    const files = collections.map(({ path }) => (path.endsWith('.parquet') ? path : join(path, '*/*.parquet')));
    expect(await sameMultiset(duckdb, files, join(output, '*.parquet'))).toMatchObject({ same: true });
  });

  it('is there when the job fails for what was lost, before and after it was decoded', async () => {
    for (const policy of [{ maxLoss: '40%' }, { onBadShard: 'fail' }] as const) {
      const { root, collections, output } = copy();
      truncateSync(join(root, fileAt(0)), 5000);
      rmSync(join(root, fileAt(4)));
      const early = policy.onBadShard === 'fail' ? ['00000', '00001'] : ['00000', '00001', '00002', '00002'];
      if (policy.onBadShard === undefined) for (const shard of [2, 5]) await corruptPage(join(root, fileAt(shard)));
      const { error } = await failJob({ collections, output, shards, ...policy });
      expect(error.code).toBe(policy.onBadShard === 'fail' ? 'BAD_SHARD' : 'LOSS_TOO_HIGH');
      expect(
        readLosses(output)
          .map(({ path }) => String(path))
          .toSorted(compareUtf8),
      ).toEqual(early);
      expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
      // Such a folder is free: no --overwrite is asked for.
      await doJob({ collections, output, shards });
    }
  });

  it('has no location where nobody knows which shard is missing', async () => {
    const { collections, output } = copy();
    const odd = { ...collections[0]!, expect: 4 };
    cpSync(join(odd.path, '00000'), join(odd.path, 'more'), { recursive: true });
    rmSync(join(odd.path, '00001'), { recursive: true });
    await doJob({ collections: [odd], output, shards });
    expect(readLosses(output)).toEqual([
      expect.objectContaining({ path: '(missing shard 1 of 1, name unknown)', status: 'missing' }),
    ]);
    expect(readLosses(output)[0]).not.toHaveProperty('location');
  });

  it('is not made by a plan, which leaves nothing', async () => {
    const { root, collections, output } = copy();
    writeFileSync(join(root, fileAt(0)), '');
    await planJob({ collections, output, shards });
    expect(existsSync(output)).toBe(false);
  });
});

describe('--max-loss', () => {
  it('is kept by a job that finds its result there already', async () => {
    const { root, collections, output } = copy();
    await corruptPage(join(root, fileAt(0)));
    const recipe = { collections, output, shards };
    await doJob(recipe);
    const before = shardHashes(output);
    const { error } = await failJob({ ...recipe, maxLoss: '0.1%' }, { resume: true });
    expect(error).toMatchObject({ code: 'LOSS_TOO_HIGH', exitCode: 4 });
    expect((await tryJob({ ...recipe, maxLoss: '16.7%' }, { resume: true })).report?.losses).toHaveLength(1);
    expect(shardHashes(output)).toEqual(before);
    expect(readLosses(output)).toHaveLength(1);
  });

  it.each([
    ['one of six shards', '16.7%', true],
    ['a little less than one of six shards', '16.6%', false],
    ['0.1%', '0.1%', false],
    ['0%', '0%', false],
  ] as const)('%s', async (_, maxLoss, allowed) => {
    const { root, collections, output } = copy();
    await corruptPage(join(root, fileAt(0)));
    const recipe = { collections, output, shards, maxLoss };
    if (allowed) {
      expect((await doJob(recipe)).report.losses).toMatchObject([{ collection: 'a', shards: 1, rows: 2500 }]);
      return;
    }
    const { error } = await failJob(recipe);
    expect(error).toMatchObject({
      code: 'LOSS_TOO_HIGH',
      exitCode: 4,
      details: { losses: [{ collection: 'a', shards: 1, ofShards: 3, rows: 2500, ofRows: 7503 }] },
    });
    expect(everythingIn(output).filter((path) => !path.startsWith('.riffle'))).toEqual([]);
  });
});
