import { describe, expect, it } from 'vitest';
import { gapsIn, missingShards } from './missing-shards.ts';

describe('missingShards', () => {
  it('are none where nothing was expected', () => {
    expect(missingShards(undefined, ['00000', '00007'])).toEqual([]);
  });

  it.each<[string, string, string[], string[]]>([
    ['a range', '{00000..00003}', ['00000', '00002'], ['00001', '00003']],
    ['a range, there as files', '{00000..00002}', ['00000.parquet', '00001.parquet'], ['00002']],
    ['a range of files', '{0..2}.parquet', ['0.parquet', '2.parquet'], ['1.parquet']],
    ['deeper', 'year={2023,2024}/{00..01}', ['year=2023/00', 'year=2024/01'], ['year=2023/01', 'year=2024/00']],
    ['one name', 'only', [], ['only']],
    ['more than expected', '{0..1}', ['0', '1', '2'], []],
  ])('by a pattern: %s', (_, pattern, found, missing) => {
    expect(missingShards(pattern, found)).toEqual(missing);
  });

  it.each<[string, number, string[], string[]]>([
    ['numbered ones are named', 4, ['00000', '00002'], ['00001', '00003']],
    ['numbered files too', 3, ['00.parquet', '02.parquet'], ['01']],
    ['as many as expected', 2, ['a', 'b'], []],
    ['more than expected', 1, ['a', 'b'], []],
    [
      'other names are only counted',
      3,
      ['a'],
      ['(missing shard 1 of 2, name unknown)', '(missing shard 2 of 2, name unknown)'],
    ],
    ['numbers of several widths are only counted', 3, ['0', '10'], ['(missing shard 1 of 1, name unknown)']],
    [
      'a number past the expected ones leaves names unknown',
      3,
      ['00000', '00007'],
      ['(missing shard 1 of 1, name unknown)'],
    ],
    ['nothing there', 1, [], ['(missing shard 1 of 1, name unknown)']],
  ])('by a number: %s', (_, expected, found, missing) => {
    expect(missingShards(expected, found)).toEqual(missing);
  });

  it('does not expand a hostile pattern without end', () => {
    expect(missingShards('{1..9}{1..9}{1..9}{1..9}{1..9}{1..9}{1..9}{1..9}', []).length).toBeLessThanOrEqual(1_000_000);
  });
});

describe('gapsIn', () => {
  it.each([
    ['a gap', ['00000', '00002.parquet', '00003'], ['00001']],
    ['at most three', ['0000', '0009'], ['0001', '0002', '0003']],
    ['none', ['00000', '00001'], []],
    ['none where shards are not numbered alike', ['0', '00002'], []],
    ['none where they have names', ['a', 'c'], []],
    ['none where there are none', [], []],
  ])('finds %s', (_, found, gaps) => {
    expect(gapsIn(found)).toEqual(gaps);
  });
});
