import type { Survey, SurveyedFile } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { planOrder } from './plan-order.ts';
import { withoutShards } from './without-shards.ts';

const file = (path: string, rows: number): SurveyedFile => ({
  path,
  location: path,
  size: 1,
  reader: 0,
  rows,
  fragments: [],
  schema: 0,
  columns: [],
});

function surveyOf(collections: Readonly<Record<string, readonly (readonly SurveyedFile[])[]>>): Survey {
  const surveyed = Object.entries(collections).map(([name, shards]) => ({
    name,
    path: name,
    location: name,
    shards: shards.map((files) => ({
      path: files[0]!.path.replace(/\/[^/]*$/, ''),
      files,
      rows: files.reduce((sum, { rows }) => sum + rows, 0),
    })),
    lost: [],
    rows: shards.flat().reduce((sum, { rows }) => sum + rows, 0),
    expected: shards.length,
    ignored: 0,
  }));
  return { collections: surveyed, schemas: [], readers: [], rows: surveyed.reduce((sum, { rows }) => sum + rows, 0) };
}

const survey = surveyOf({
  z: [[file('a/1', 3), file('a/x/1', 0)], [file('a-b/1', 4)]],
  a: [[file('q', 5)]],
});

describe('planOrder', () => {
  it('has collections in recipe order, then files by their whole path, whatever their shard', () => {
    expect(
      planOrder(survey).map((placed) => [placed.collection, placed.shard, placed.file.path, placed.firstRow]),
    ).toEqual([
      [0, 1, 'a-b/1', 0],
      [0, 0, 'a/1', 4],
      [0, 0, 'a/x/1', 7],
      [1, 2, 'q', 7],
    ]);
  });
});

describe('withoutShards', () => {
  it('moves shards from those that are there to those that are lost, and counts anew', () => {
    const lost = {
      collection: 'z',
      path: 'a',
      status: 'failed',
      code: 'BAD_CONTENT',
      kind: 'page',
      reason: 'bad',
      rows: 3,
    } as const;
    const rest = withoutShards(survey, [lost]);
    expect(rest.rows).toBe(9);
    expect(rest.collections[0]).toMatchObject({ rows: 4, lost: [lost], shards: [{ path: 'a-b' }], expected: 2 });
    expect(rest.collections[1]).toBe(survey.collections[1]);
    expect(planOrder(rest).map(({ firstRow, shard }) => [shard, firstRow])).toEqual([
      [0, 0],
      [1, 4],
    ]);
  });
});
