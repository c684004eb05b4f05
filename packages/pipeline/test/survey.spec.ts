import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RecipeInput, Report, RiffleEvent } from '@riffle/core';
import { breakages, makeDataset, openDuckDB, sameMultiset, type MadeDataset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, eventsOf, failJob, surveyJob, tryJob } from './support/job.ts';
import { everythingIn, readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MadeDataset;
beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeDataset(join(folder, 'good'), {
    collections: ['a', 'b'],
    shardsPerCollection: 5,
    rowsPerShard: (shard) => (shard === 7 ? 0 : 20 + shard),
    connection: duckdb,
  });
});
afterAll(() => duckdb.closeSync());

/** A copy of collection a (or b) that a test may spoil. */
function copyOf(name: string, source: 'a' | 'b' = 'a'): string {
  const path = join(folder, 'copies', name);
  cpSync(join(data.folder, source), path, { recursive: true });
  return path;
}

const breakage = (name: string) => breakages.find((candidate) => candidate.name === name)!;
const expectations = (paths: Readonly<Record<string, string>>): RecipeInput['collections'] =>
  Object.entries(paths).map(([name, path]) => ({ name, path }));

describe('what is lost, told in lines and in the report', () => {
  let report: Report;
  let events: readonly RiffleEvent[];
  const output = join(folder, 'lost-out');

  beforeAll(async () => {
    const pattern = copyOf('pattern');
    for (const shard of ['00001', '00004']) rmSync(join(pattern, shard), { recursive: true });
    const number = copyOf('number');
    rmSync(join(number, '00002'), { recursive: true });
    const spoiled = copyOf('spoiled');
    await breakage('truncated file').apply(join(spoiled, '00001/data.parquet'));
    await breakage('Git-LFS pointer').apply(join(spoiled, '00002/data.parquet'));
    await breakage('folder without files').apply(join(spoiled, '00003/data.parquet'));
    mkdirSync(join(folder, 'copies/nothing'));
    const collections = [
      { name: 'pattern', path: pattern, expect: '{00000..00004}' },
      { name: 'number', path: number, expect: 5 },
      { name: 'spoiled', path: spoiled },
      { name: 'nothing', path: join(folder, 'copies/nothing') },
      { name: 'zero rows', path: join(data.folder, 'b') },
    ];
    ({ report, events } = await doJob({ collections, output, shards: 3 }));
  });

  it('tells each collection as it proceeds, then the sum', () => {
    const lines = events.filter(
      ({ type }) => type === 'collection-started' || type === 'collection-surveyed' || type === 'surveyed',
    );
    const line = (index: number, name: string, counts: readonly number[]) => {
      const [loaded, missing, failed, empty, rows] = counts;
      const salvaged = 0;
      const common = {
        index,
        of: 5,
        name,
        path: name === 'zero rows' ? join(data.folder, 'b') : join(folder, 'copies', name),
      };
      return [
        { type: 'collection-started', ...common },
        { type: 'collection-surveyed', ...common, loaded, missing, failed, empty, salvaged, rows },
      ];
    };
    expect(lines).toEqual([
      ...line(0, 'pattern', [3, 2, 0, 0, 20 + 22 + 23]),
      ...line(1, 'number', [4, 1, 0, 0, 20 + 21 + 23 + 24]),
      ...line(2, 'spoiled', [2, 0, 2, 1, 20 + 24]),
      ...line(3, 'nothing', [0, 0, 0, 0, 0]),
      ...line(4, 'zero rows', [5, 0, 0, 0, 25 + 26 + 0 + 28 + 29]),
      { type: 'surveyed', collections: 4, of: 5, rows: 305 },
    ]);
  });

  it('names every lost shard with a reason, in the report, the events and the manifest', () => {
    const lost = [
      {
        collection: 'pattern',
        path: '00001',
        code: 'MISSING',
        kind: 'missing',
        reason: 'expected ({00000..00004}) but not there',
      },
      {
        collection: 'pattern',
        path: '00004',
        code: 'MISSING',
        kind: 'missing',
        reason: 'expected ({00000..00004}) but not there',
      },
      { collection: 'number', path: '00002', code: 'MISSING', kind: 'missing', reason: 'expected (5) but not there' },
      {
        collection: 'spoiled',
        path: '00001',
        code: 'BAD_CONTENT',
        kind: 'truncated',
        reason: expect.stringMatching(/^data\.parquet: .*cut|truncated|end/i),
      },
      {
        collection: 'spoiled',
        path: '00002',
        code: 'BAD_CONTENT',
        kind: 'format',
        reason: expect.stringMatching(/^data\.parquet: .*Git-LFS pointer/),
      },
      { collection: 'spoiled', path: '00003', code: 'EMPTY', kind: 'empty', reason: 'the folder is empty' },
    ];
    expect(report.lost).toEqual(lost);
    expect(eventsOf(events, 'shard-lost').map(({ lost: { status: _status, ...shard } }) => shard)).toEqual(lost);
    expect(readManifest(output).receipt.lost.map(({ status, path }) => `${status} ${path}`)).toEqual([
      'missing 00001',
      'missing 00004',
      'missing 00002',
      'failed 00001',
      'failed 00002',
      'empty 00003',
    ]);
  });

  it('counts what became of each collection in the end', () => {
    expect(report.collections).toEqual([
      { name: 'pattern', loaded: 3, missing: 2, failed: 0, empty: 0, salvaged: 0, rows: 65 },
      { name: 'number', loaded: 4, missing: 1, failed: 0, empty: 0, salvaged: 0, rows: 88 },
      { name: 'spoiled', loaded: 2, missing: 0, failed: 2, empty: 1, salvaged: 0, rows: 44 },
      { name: 'nothing', loaded: 0, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 0 },
      { name: 'zero rows', loaded: 5, missing: 0, failed: 0, empty: 0, salvaged: 0, rows: 108 },
    ]);
  });

  it('adds up the losses of each collection that has any, by kind', () => {
    const none = { salvaged: 0, rows: 0 };
    expect(report.losses).toEqual([
      {
        ...none,
        collection: 'pattern',
        shards: 2,
        ofShards: 5,
        ofRows: 65,
        percent: 40,
        kinds: [{ kind: 'missing', shards: 2, rows: 0 }],
      },
      {
        ...none,
        collection: 'number',
        shards: 1,
        ofShards: 5,
        ofRows: 88,
        percent: 20,
        kinds: [{ kind: 'missing', shards: 1, rows: 0 }],
      },
      {
        ...none,
        collection: 'spoiled',
        shards: 3,
        ofShards: 5,
        ofRows: 44,
        percent: 60,
        kinds: [
          { kind: 'empty', shards: 1, rows: 0 },
          { kind: 'format', shards: 1, rows: 0 },
          { kind: 'truncated', shards: 1, rows: 0 },
        ],
      },
    ]);
  });

  it('has all rows of what is left', async () => {
    const left = (name: string, ...shards: number[]) =>
      shards.map((shard) => join(folder, 'copies', name, `0000${shard}/data.parquet`));
    const files = [
      ...left('pattern', 0, 2, 3),
      ...left('number', 0, 1, 3, 4),
      ...left('spoiled', 0, 4),
      join(data.folder, 'b/*/*.parquet'),
    ];
    expect(await sameMultiset(duckdb, files, join(output, '*.parquet'))).toMatchObject({ same: true, rightRows: 305 });
  });
});

describe('what is not read', () => {
  it('dot entries and files of no known format are counted and skipped; the magic bytes count more than the name', async () => {
    const path = join(folder, '.hidden/.also/collection');
    mkdirSync(join(folder, '.hidden/.also'), { recursive: true });
    cpSync(join(data.folder, 'a'), path, { recursive: true });
    mkdirSync(join(path, '.cache'));
    cpSync(join(path, '00000/data.parquet'), join(path, '.cache/data.parquet'));
    cpSync(join(path, '00000/data.parquet'), join(path, '00001/.data.parquet.crc'));
    cpSync(join(path, '00000/data.parquet'), join(path, '00001/more.tar'));
    writeFileSync(join(path, 'README.md'), 'about');
    writeFileSync(join(path, '00002/notes.txt'), '');
    const { collections } = await surveyJob({ collections: [{ name: 'dots', path }], output: join(folder, 'never') });
    expect(collections[0]).toMatchObject({ rows: 110 + 20, expected: 5, ignored: 4, lost: [] });
    expect(collections[0]!.shards.map((shard) => [shard.path, shard.files.length])).toEqual([
      ['00000', 1],
      ['00001', 2],
      ['00002', 1],
      ['00003', 1],
      ['00004', 1],
    ]);
  });

  it('one bad file drops its whole shard', async () => {
    const path = copyOf('one bad file');
    writeFileSync(join(path, '00003/second.parquet'), 'version https://git-lfs.github.com/spec/v1\n');
    const { collections } = await surveyJob({ collections: [{ name: 'a', path }], output: join(folder, 'never') });
    expect(collections[0]!.lost).toMatchObject([
      { path: '00003', status: 'failed', reason: expect.stringMatching(/^second\.parquet: /) },
    ]);
    expect(collections[0]!.rows).toBe(110 - 23);
  });
});

describe('what stops the job', () => {
  it('NO_ROWS, with the count of each collection and nothing published', async () => {
    const spoiled = copyOf('all spoiled');
    for (const shard of [0, 1, 2, 3, 4]) await breakage('HTML page').apply(join(spoiled, `0000${shard}/data.parquet`));
    mkdirSync(join(folder, 'empty'));
    const output = join(folder, 'no-rows-out');
    const { error, events } = await failJob({
      collections: expectations({ spoiled, empty: join(folder, 'empty') }),
      output,
    });
    expect(error).toMatchObject({
      code: 'NO_ROWS',
      exitCode: 1,
      message: expect.stringContaining('0 loaded, 0 missing, 5 failed, 0 empty'),
    });
    expect(eventsOf(events, 'shard-lost').map(({ lost }) => lost.reason)).toEqual(
      Array.from({ length: 5 }, () => expect.stringMatching(/HTML/)),
    );
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
  });

  it('NO_ROWS too when there are files and no row in them', async () => {
    const { error } = await failJob({
      collections: [{ name: 'zero', path: join(data.folder, 'b/00002') }],
      output: join(folder, 'zero-out'),
    });
    expect(error.code).toBe('NO_ROWS');
  });

  it('BAD_SHARD with --on-bad-shard fail, at the first failed shard', async () => {
    const path = copyOf('fail at survey');
    await breakage('truncated file').apply(join(path, '00002/data.parquet'));
    const output = join(folder, 'fail-out');
    const { error } = await failJob({ collections: [{ name: 'a', path }], output, onBadShard: 'fail' });
    expect(error).toMatchObject({
      code: 'BAD_SHARD',
      exitCode: 1,
      details: { collection: 'a', shard: '00002' },
      message: expect.stringMatching(/00002.*--on-bad-shard skip/),
    });
    expect(everythingIn(output)).toEqual(['.riffle/', '.riffle/log.jsonl', '.riffle/lost.jsonl']);
  });

  it.each([
    ['20%', 'LOSS_TOO_HIGH'],
    ['40%', undefined],
  ])('--max-loss %s with two of five shards lost: %s', async (maxLoss, code) => {
    const path = copyOf(`loss ${maxLoss}`);
    await breakage('truncated file').apply(join(path, '00002/data.parquet'));
    rmSync(join(path, '00003'), { recursive: true });
    const { error } = await tryJob({
      collections: [{ name: 'a', path, expect: 5 }],
      output: join(folder, `loss-out ${maxLoss}`),
      shards: 2,
      maxLoss,
    });
    expect(error?.code).toBe(code);
    if (code !== undefined) expect(error).toMatchObject({ exitCode: 4, details: { percent: 40, allowed: 20 } });
  });
});

describe('folders that are named as in a partitioned data set', () => {
  const warningsOf = (events: readonly RiffleEvent[]) => eventsOf(events, 'warning').map(({ message }) => message);

  it('are told, since nobody reads the columns that only they tell', async () => {
    const path = join(folder, 'copies/hive');
    for (const year of ['2023', '2024'])
      cpSync(join(data.folder, 'a/00000/data.parquet'), join(path, `year=${year}/speaker=x/${year}.parquet`));
    // A column that the files have, too, is not lost.
    cpSync(join(data.folder, 'a/00000/data.parquet'), join(path, 'year=2025/other.parquet'));
    const { events } = await doJob({
      collections: [{ name: 'hive', path }],
      output: join(folder, 'hive-out'),
      shards: 2,
    });
    const [warning] = warningsOf(events);
    expect(warning).toContain('Folders of collection hive are named as in a partitioned data set (year=…)');
    expect(warning).toContain('no column year');
    expect(warning).not.toContain('speaker');
  });
});
