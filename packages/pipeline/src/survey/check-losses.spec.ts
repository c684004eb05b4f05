import type { LostShard, Recipe, Survey } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { checkLosses, lossPercent } from './check-losses.ts';

const lostShard = (path: string, rows?: number): LostShard => ({
  collection: 'a',
  path,
  status: 'failed',
  code: 'BAD_CONTENT',
  kind: 'damaged',
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
    const seven = Array.from({ length: 7 }, (_, index) => lostShard(`${index}`));
    expect(() => check(7, surveyOf(93, 93, seven))).not.toThrow();
    expect(() => check(0.1, surveyOf(999, 999, [lostShard('999')]))).not.toThrow();
    expect(() => check(0.1, surveyOf(998, 998, [lostShard('998')]))).toThrow(/ 0\.1001% where --max-loss allows 0\.1%/);
  });

  it('counts a salvaged shard by its rows, or as a shard where they are not known', () => {
    const salvaged = { ...lostShard('1', 1), status: 'salvaged', rowsKept: 999 } as const;
    const unknown = { ...lostShard('1'), status: 'salvaged', rowsKept: 999 } as const;
    const survey = (lost: LostShard) => {
      const { collections, ...rest } = surveyOf(9, 999, [lost]);
      return { ...rest, collections: [{ ...collections[0]!, expected: 10 }] };
    };
    expect(lossPercent(survey(salvaged))).toBe(0.1);
    expect(lossPercent(survey(unknown))).toBe(10);
    expect(() => check(0, survey(salvaged))).toThrow(/^One shard is lost in part, 0\.10% where/);
  });

  it('tells a job that wants every shard of the first failed one, before it counts', () => {
    const survey = surveyOf(3, 3, [{ ...lostShard('2'), status: 'missing' }, lostShard('3')]);
    expect(() => checkLosses({ onBadShard: 'fail', maxLoss: 0 }, survey)).toThrow(
      expect.objectContaining({ code: 'BAD_SHARD', details: { collection: 'a', shard: '3', failed: 1 } }),
    );
  });

  it('tells of losses before it tells that nothing is left', () => {
    expect(() => check(50, surveyOf(0, 0, [lostShard('0')]))).toThrow(
      expect.objectContaining({ code: 'LOSS_TOO_HIGH' }),
    );
    expect(() => check(100, surveyOf(0, 0, [lostShard('0')]))).toThrow(expect.objectContaining({ code: 'NO_ROWS' }));
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
