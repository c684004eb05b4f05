import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput } from '@riffle/core';
import { corruptPage, makeDataset, openDuckDB, speechColumns, type MadeDataset } from '@riffle/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob, verifyAgainstInputs, verifyResult } from './support/job.ts';
import { failingDisk } from './support/plugins.ts';
import { columnOfResult, everythingIn, expectedSources, readManifest, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
const shards = 3;
/** DuckDB cuts a file of 5,000 rows so. */
const groups = [2048, 2048, 904] as const;
const rowsPerFile = 5000;

beforeAll(async () => {
  duckdb = await openDuckDB();
  // Two shards of two files in each collection, and one shard that is a file.
  data = await makeDataset(join(folder, 'good'), {
    shardsPerCollection: 5,
    rowsPerShard: rowsPerFile,
    rowGroupRows: 2048,
    columns: { row: 'i::INTEGER', ...speechColumns },
    fileName: (file) => (file < 4 ? `${String(file >> 1).padStart(5, '0')}/part-${file & 1}.parquet` : 'only.parquet'),
    connection: duckdb,
  });
});
afterAll(() => duckdb.closeSync());

/** What is broken of one file: the numbers of its damaged row groups, or its end with the footer. */
type Breakage = readonly number[] | 'truncated';

let copies = 0;
/** A copy of the data set with some of its files broken, by their number in plan order. */
async function breakCopy(breakages: ReadonlyMap<number, Breakage>) {
  const root = join(folder, `copy-${copies++}`);
  cpSync(data.folder, root, { recursive: true });
  for (const [file, breakage] of breakages) {
    const path = data.files[file]!.path.replace(data.folder, root);
    if (breakage === 'truncated') truncateSync(path, 9000);
    else for (const group of breakage) await corruptPage(path, group);
  }
  return { root, collections: ['a', 'b'].map((name) => ({ name, path: join(root, name) })) };
}

/** Numbers of the rows that can be read, in plan order. */
function readableRows(breakages: ReadonlyMap<number, Breakage>): number[] {
  return data.files.flatMap(({ firstRow }, file) => {
    const breakage = breakages.get(file) ?? [];
    if (breakage === 'truncated') return [];
    return groups.flatMap((rows, group) =>
      breakage.includes(group) ? [] : Array.from({ length: rows }, (_, row) => firstRow + 2048 * group + row),
    );
  });
}

let outputs = 0;
async function salvage(collections: RecipeInput['collections'], recipe: Partial<RecipeInput> = {}) {
  const output = join(folder, `out-${outputs++}`);
  return { output, ...(await doJob({ collections, output, shards, onBadShard: 'salvage', ...recipe })) };
}

const group = fc.integer({ min: 0, max: groups.length - 1 });
const breakage = fc.oneof(
  { weight: 3, arbitrary: fc.uniqueArray(group, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant('truncated' as const) },
);
const breakages = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 9 }), breakage), { maxLength: 6, selector: ([file]) => file })
  .map((entries) => new Map<number, Breakage>(entries));

describe('salvage', () => {
  it('keeps exactly the rows of the readable row groups, each at the place that its number gives it', async () => {
    const strategies = ['memory', 'spill', 'passes'] as const;
    await fc.assert(
      fc.asyncProperty(breakages, fc.constantFrom(...strategies), async (broken, strategy) => {
        const { collections } = await breakCopy(broken);
        const { output, report } = await salvage(collections, { strategy, workers: 2 });
        const left = readableRows(broken);
        expect(report.rows).toBe(left.length);
        expect(await columnOfResult(duckdb, output, 'row')).toEqual(
          expectedSources(left.length).map((source) => left[source]),
        );
        expect(await verifyResult(output)).toMatchObject({ ok: true, rows: left.length });
      }),
      { numRuns: 5, seed: 20_261_122, endOnFailure: true },
    );
  }, 60_000);

  it('gives the same bytes whatever the strategy and the workers', async () => {
    const broken = new Map<number, Breakage>([
      [0, [1]],
      [2, 'truncated'],
      [4, [0, 2]],
      [7, [0, 1, 2]],
    ]);
    const { collections } = await breakCopy(broken);
    const reference = await salvage(collections, { workers: 1, strategy: 'memory' });
    const { inputs, outputs: written, lost } = readManifest(reference.output).receipt;
    for (const [strategy, workers] of [
      ['memory', 4],
      ['spill', 1],
      ['spill', 4],
      ['passes', 2],
    ] as const) {
      const { output, events } = await salvage(collections, { strategy, workers });
      expect(shardHashes(output)).toEqual(shardHashes(reference.output));
      expect(readManifest(output).receipt).toMatchObject({ inputs, outputs: written, lost });
      expect(eventsOf(events, 'replanning')).toHaveLength(1);
    }
  });

  it('says of every shard what was kept and what was lost, row group by row group', async () => {
    const { root, collections } = await breakCopy(
      new Map<number, Breakage>([
        [0, [1, 2]],
        [1, [0]],
        [2, 'truncated'],
        [4, [2]],
        [9, [0, 1, 2]],
      ]),
    );
    writeFileSync(join(root, 'b/00001/extra.parquet'), '');
    const { output, report } = await salvage(collections);
    const reason = expect.stringMatching(/^part-0\.parquet: .*row group 1.* \(and 1 more file\)$/);
    expect(report.lost).toMatchObject([
      { collection: 'a', path: '00000', code: 'BAD_CONTENT', reason, rows: 2952 + 2048, rowsKept: 2048 + 2952 },
      {
        collection: 'a',
        path: '00001',
        rowsKept: 5000,
        reason: expect.stringMatching(/^part-0\.parquet: It is truncated/),
      },
      { collection: 'a', path: 'only.parquet', rows: 904, rowsKept: 4096 },
      { collection: 'b', path: '00001', rowsKept: 10_000, reason: 'extra.parquet: It is empty (0 bytes).' },
      {
        collection: 'b',
        path: 'only.parquet',
        rows: 5000,
        reason: expect.stringMatching(/ \(and 2 more row groups\)$/),
      },
    ]);
    expect(
      report.lost.map(({ damage }) => damage?.map(({ path, fragments, rows }) => [path, fragments, rows])),
    ).toEqual([
      [
        ['00000/part-0.parquet', [1, 2], 2952],
        ['00000/part-1.parquet', [0], 2048],
      ],
      [['00001/part-0.parquet', undefined, undefined]],
      [['only.parquet', [2], 904]],
      [['00001/extra.parquet', undefined, undefined]],
      undefined,
    ]);
    // Rows that no footer tells of are not made up.
    expect(report.lost[1]).not.toHaveProperty('rows');
    expect(report.collections).toMatchObject([
      { name: 'a', loaded: 3, salvaged: 3, failed: 0, rows: 25_000 - 2952 - 2048 - 5000 - 904 },
      { name: 'b', loaded: 2, salvaged: 1, failed: 1, rows: 20_000 },
    ]);
    const lines = readFileSync(join(output, '.riffle/lost.jsonl'), 'utf8').trimEnd().split('\n');
    const [first, second] = lines.map((line) => JSON.parse(line) as { status: string; damage: { location: string }[] });
    expect(lines).toHaveLength(5);
    expect([first!.status, ...first!.damage.map(({ location }) => location)]).toEqual([
      'salvaged',
      join(root, 'a/00000/part-0.parquet'),
      join(root, 'a/00000/part-1.parquet'),
    ]);
    expect(second!.damage.map(({ location }) => location)).toEqual([join(root, 'a/00001/part-0.parquet')]);
    const { inputs } = readManifest(output).receipt;
    expect(inputs.find(({ path }) => path === '00001')?.files.map(({ path, rows }) => [path, rows])).toEqual([
      ['00001/part-1.parquet', 5000],
    ]);
  });

  it('is nothing special where nothing is damaged', async () => {
    const collections = data.collections.map(({ name, path }) => ({ name, path }));
    const one = await salvage(collections);
    const output = join(folder, 'plain');
    await doJob({ collections, output, shards });
    expect(shardHashes(one.output)).toEqual(shardHashes(output));
    expect(one.report.lost).toEqual([]);
  });
});

describe('what was salvaged', () => {
  const broken = new Map<number, Breakage>([
    [0, [1]],
    [2, 'truncated'],
    [4, [0, 2]],
    [9, [0, 1, 2]],
  ]);

  it.each([
    ['the shards were being written', { operations: ['create'], location: 'shards.00002' }],
    ['the shards were being published', { operations: ['rename'], location: '00001.parquet$' }],
  ] as const)('is not forgotten by a job that goes on after %s', async (_, fault) => {
    const { collections } = await breakCopy(broken);
    const reference = await salvage(collections);
    const output = join(folder, `out-${outputs++}`);
    const recipe = { collections, output, shards, onBadShard: 'salvage', strategy: 'spill' } as const;
    const plugins = failingDisk({ times: 'always', failAt: 1, ...fault, operations: [...fault.operations] });
    const { error } = await failJob(recipe, { plugins });
    expect(error.code).toBe('STORAGE_FAILED');
    const losses = readFileSync(join(output, '.riffle/lost.jsonl'), 'utf8');
    const { report, events } = await doJob(recipe, { resume: true });
    expect(eventsOf(events, 'resumed')).toHaveLength(1);
    expect(eventsOf(events, 'replanning')).toHaveLength(0);
    expect(shardHashes(output)).toEqual(shardHashes(reference.output));
    expect(readManifest(output).digest).toBe(readManifest(reference.output).digest);
    expect(report.losses).toEqual(reference.report.losses);
    expect(readFileSync(join(output, '.riffle/lost.jsonl'), 'utf8')).toBe(losses);
  });

  it('is found again by verify against the inputs', async () => {
    const { collections } = await breakCopy(broken);
    for (const onBadShard of ['salvage', 'skip'] as const) {
      const { output } = await salvage(collections, { onBadShard });
      expect(await verifyAgainstInputs(output)).toMatchObject({ ok: true, findings: [] });
    }
  });
});

describe('--max-loss with salvage', () => {
  const damaged = new Map<number, Breakage>([[4, [2]]]);
  /** Of 50,000 rows 904 are lost. */
  const percent = (100 * 904) / 50_000;

  it.each([
    ['the lost rows exactly', percent, true],
    ['a little less', percent - 1e-9, false],
    ['0.1%', '0.1%', false],
    ['nothing', '0%', false],
  ] as const)('%s', async (_, maxLoss, allowed) => {
    const { collections } = await breakCopy(damaged);
    const recipe = {
      collections,
      output: join(folder, `out-${outputs++}`),
      shards,
      onBadShard: 'salvage',
      maxLoss,
    } as const;
    if (allowed) {
      expect((await doJob(recipe)).report.rows).toBe(50_000 - 904);
      return;
    }
    const { error } = await failJob(recipe);
    expect(error).toMatchObject({ code: 'LOSS_TOO_HIGH', exitCode: 4, details: { percent } });
    expect(error.message).toMatch(/^One shard is lost in part, 1\.81% where/);
    expect(everythingIn(recipe.output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
  });

  it('counts a shard whose lost rows nobody knows as a lost shard', async () => {
    const { collections } = await breakCopy(new Map<number, Breakage>([[0, 'truncated']]));
    const recipe = { collections, shards, onBadShard: 'salvage' } as const;
    // One of six shards.
    const { error } = await failJob({ ...recipe, output: join(folder, `out-${outputs++}`), maxLoss: '16.6%' });
    expect(error).toMatchObject({ code: 'LOSS_TOO_HIGH', details: { percent: 100 / 6 } });
    await doJob({ ...recipe, output: join(folder, `out-${outputs++}`), maxLoss: '16.7%' });
  });
});
