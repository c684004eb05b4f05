import { BadContentError, toEnvelope, type LostShard, type Survey, type SurveyedFile } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { collectionLosses } from './collection-losses.ts';
import { collectionReports } from './collection-reports.ts';
import { judgeFragments, type BadFragment } from './judge-fragments.ts';
import { judgeShards } from './judge-shards.ts';
import { planOrder } from './plan-order.ts';
import { withoutShards } from './without-shards.ts';

/** A file with row groups of so many rows. */
function file(path: string, ...rows: readonly number[]): SurveyedFile {
  return {
    path,
    location: `/in/${path}`,
    size: 100,
    reader: 0,
    rows: rows.reduce((sum, count) => sum + count, 0),
    fragments: rows.map((count) => ({ rows: count, bytes: 10 })),
    schema: 0,
    columns: [],
  };
}

function surveyOf(...shards: readonly (readonly SurveyedFile[])[]): Survey {
  const rows = shards.flat().reduce((sum, { rows: own }) => sum + own, 0);
  const surveyed = shards.map((files) => ({
    path: files[0]!.path.split('/')[0]!,
    files,
    rows: files.reduce((sum, { rows: own }) => sum + own, 0),
  }));
  const collection = {
    name: 'c',
    path: 'c',
    location: '/in',
    shards: surveyed,
    lost: [],
    rows,
    expected: 2,
    ignored: 0,
  };
  return { collections: [collection], schemas: [], readers: [], rows };
}

const bad = (shard: number, path: string, fragment: number): BadFragment => ({
  shard,
  location: `/in/${path}`,
  fragment,
  error: toEnvelope(new BadContentError(`Row group ${fragment} is bad.`, { kind: 'page' })),
});

const survey = surveyOf([file('a/1', 10, 20, 30), file('a/2', 5)], [file('b/1', 7)]);
const salvage = (from: Survey, ...found: readonly BadFragment[]) => {
  const lost = judgeFragments(from, planOrder(from), found, true);
  return { lost, left: withoutShards(from, lost) };
};

describe('a survey without bad row groups', () => {
  it('keeps the numbers of the others, and all counts follow', () => {
    const { lost, left } = salvage(survey, bad(0, 'a/1', 1));
    expect(lost).toEqual([
      {
        collection: 'c',
        path: 'a',
        status: 'salvaged',
        code: 'BAD_CONTENT',
        kind: 'page',
        reason: '1: Row group 1 is bad.',
        rows: 20,
        rowsKept: 45,
        damage: [
          { path: 'a/1', code: 'BAD_CONTENT', kind: 'page', reason: 'Row group 1 is bad.', fragments: [1], rows: 20 },
        ],
      },
    ]);
    expect(left).toMatchObject({
      rows: 52,
      collections: [{ rows: 52, lost, expected: 2, shards: [{ rows: 45 }, { rows: 7 }] }],
    });
    expect(left.collections[0]!.shards[0]!.files[0]!.fragments.map((fragment) => fragment.lost)).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(planOrder(left).map(({ file: { path, rows }, firstRow }) => [path, firstRow, rows])).toEqual([
      ['a/1', 0, 40],
      ['a/2', 40, 5],
      ['b/1', 45, 7],
    ]);
  });

  it('adds a second verdict to the first, in whatever order they come', () => {
    const first = salvage(survey, bad(0, 'a/1', 2));
    const second = salvage(first.left, bad(0, 'a/1', 0), bad(0, 'a/2', 0));
    const once = salvage(survey, bad(0, 'a/1', 0), bad(0, 'a/1', 2), bad(0, 'a/2', 0));
    expect(second.left.rows).toBe(once.left.rows);
    expect(second.left.collections[0]!.shards).toEqual(once.left.collections[0]!.shards);
    expect(second.left.collections[0]!.lost.map(({ rows, rowsKept }) => [rows, rowsKept])).toEqual([[45, 20]]);
    expect(once.lost[0]!.reason).toBe('1: Row group 0 is bad (and 1 more file)');
    // A file of which nothing is left has no say in the schema.
    expect(once.left.collections[0]!.shards[0]!.files.map(({ path }) => path)).toEqual(['a/1']);
  });

  it('drops a shard of which nothing is left', () => {
    const { lost, left } = salvage(survey, bad(1, 'b/1', 0));
    expect(lost).toMatchObject([{ path: 'b', status: 'failed', rows: 7 }]);
    expect(lost[0]).not.toHaveProperty('damage');
    expect(left.collections[0]!.shards.map(({ path }) => path)).toEqual(['a']);
  });

  it('drops whole shards without salvage, for the first reason', () => {
    const lost = judgeFragments(
      survey,
      planOrder(survey),
      [bad(0, 'a/1', 2), bad(0, 'a/2', 0), bad(1, 'b/1', 0)],
      false,
    );
    expect(lost.map(({ path, status, rows, reason }) => [path, status, rows, reason])).toEqual([
      ['a', 'failed', 65, '1: Row group 2 is bad.'],
      ['b', 'failed', 7, '1: Row group 0 is bad.'],
    ]);
  });
});

describe('judging what the survey found', () => {
  const candidate = (path: string, identity: string, rows: number) => ({
    shard: path.split('/')[0]!,
    identity,
    file: file(path, rows),
  });
  const damaged = (path: string) =>
    ({ path, code: 'BAD_CONTENT', kind: 'truncated', reason: 'It is truncated.' }) as const;

  it('counts, of a dropped shard, the rows that are read nowhere else', () => {
    const found = {
      collection: 'c',
      good: [
        candidate('a/1', 'i1', 10),
        candidate('a/2', 'i2', 5),
        candidate('a/3', 'i2', 5),
        candidate('b/1', 'i1', 10),
      ],
      damaged: new Map([['a', [damaged('a/4')]]]),
    };
    const skipped = judgeShards({ ...found, salvage: false });
    expect(skipped.verdicts).toMatchObject([{ path: 'a', status: 'failed', rows: 5 }]);
    expect(skipped.shards.map(({ path, rows }) => [path, rows])).toEqual([['b', 10]]);
    const salvaged = judgeShards({ ...found, salvage: true });
    expect(salvaged.verdicts).toMatchObject([
      { path: 'a', status: 'salvaged', rowsKept: 15, reason: '4: It is truncated.' },
    ]);
    expect(salvaged.verdicts[0]).not.toHaveProperty('rows');
    expect(salvaged.shards.map(({ path, rows }) => [path, rows])).toEqual([['a', 15]]);
    expect(salvaged.twins.map(({ file: { path } }) => path)).toEqual(['a/3', 'b/1']);
  });
});

describe('collectionLosses', () => {
  it('counts by kind, most shards first, and takes the larger share', () => {
    const lost = (path: string, kind: LostShard['kind'], more: Partial<LostShard> = {}): LostShard => ({
      collection: 'c',
      path,
      status: 'failed',
      code: 'BAD_CONTENT',
      kind,
      reason: 'bad',
      ...more,
    });
    const all = [
      lost('x', 'truncated'),
      lost('y', 'page', { rows: 3 }),
      lost('a', 'page', { status: 'salvaged', rowsKept: 5, rows: 60 }),
    ];
    const { collections, ...rest } = survey;
    const reports = collectionReports({ ...rest, collections: [{ ...collections[0]!, rows: 12, lost: all }] });
    expect(collectionLosses(reports, all)).toEqual([
      {
        collection: 'c',
        shards: 2,
        salvaged: 1,
        ofShards: 4,
        rows: 63,
        ofRows: 75,
        percent: 84,
        kinds: [
          { kind: 'page', shards: 2, rows: 63 },
          { kind: 'truncated', shards: 1, rows: 0 },
        ],
      },
    ]);
    expect(collectionLosses(reports, [])).toEqual([]);
  });
});
