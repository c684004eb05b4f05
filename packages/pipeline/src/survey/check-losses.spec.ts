import type { LostShard, Recipe, Survey } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { checkLosses, lossPercent } from './check-losses.ts';

const lostShard = (path: string, rows?: number): LostShard => ({
  collection: 'a',
  path,
  status: 'failed',
  code: 'BAD_CONTENT',
  reason: 'it is bad',
  ...(rows === undefined ? {} : { rows }),
});

function surveyOf(loaded: number, rows: number, lost: readonly LostShard[]): Survey {
  const collection = {
    name: 'a',
    path: 'a',
    location: 'a',
    shards: [],
    lost,
    rows,
    expected: loaded + lost.length,
    ignored: 0,
  };
  return { collections: [collection], schemas: [], readers: [], rows };
}

describe('lossPercent', () => {
  it.each<[string, Survey, number]>([
    ['nothing lost', surveyOf(4, 100, []), 0],
    ['one of four shards', surveyOf(3, 300, [lostShard('3')]), 25],
    ['a small shard with half of the rows counts by rows', surveyOf(9, 100, [lostShard('9', 100)]), 50],
    ['a shard with few rows counts as a shard', surveyOf(1, 99, [lostShard('1', 1)]), 50],
    ['nothing there at all', surveyOf(0, 0, []), 0],
    ['everything', surveyOf(0, 0, [lostShard('0', 7)]), 100],
  ])('%s', (_, survey, percent) => {
    expect(lossPercent(survey)).toBe(percent);
  });
});

describe('checkLosses', () => {
  const check = (maxLoss: number, survey: Survey) => checkLosses({ maxLoss } as Recipe, survey);

  it('allows as much as the recipe says, to the last shard', () => {
    expect(() => check(25, surveyOf(3, 3, [lostShard('3')]))).not.toThrow();
    expect(() => check(0, surveyOf(3, 3, []))).not.toThrow();
  });

  it('refuses more, naming the numbers and the first loss', () => {
    expect(() => check(0.1, surveyOf(3, 3, [lostShard('3')]))).toThrow(
      expect.objectContaining({
        code: 'LOSS_TOO_HIGH',
        exitCode: 4,
        message: expect.stringMatching(/One shard is lost, 25\.00% .*0\.1%.*a\/3.*it is bad/),
      }),
    );
    expect(() => check(0, surveyOf(9999, 1, [lostShard('9999')]))).toThrow(
      expect.objectContaining({ code: 'LOSS_TOO_HIGH' }),
    );
  });
});
