import { describeLayout } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import createPatternLayout from './index.ts';

for (const pattern of [
  '{shard}',
  'train/{shard}',
  'data/train-{shard}-of-{shards}',
  'p{shard:1}/x',
  'of={of}/{kind}-{shard}',
])
  describe(`the pattern ${pattern}`, () => {
    describeLayout({ describe, it, expect }, { makeLayout: () => createPatternLayout({ pattern }) });
  });

it('names shards as Riffle does without a layout, unless a pattern is given', () => {
  expect(createPatternLayout().pathOf(7, 64)).toBe('00007');
  expect(createPatternLayout(null).pathOf(123_456, 200_000)).toBe('123456');
});

it('puts both numbers in, with as many digits as it is told', () => {
  const { pathOf } = createPatternLayout({ pattern: 'data/train-{shard}-of-{shards}' });
  expect(pathOf(3, 256)).toBe('data/train-00003-of-00256');
  expect(createPatternLayout({ pattern: 's{shard:2}/part-{shard:0}' }).pathOf(3, 256)).toBe('s03/part-3');
});

it('divides shards by the columns in it, and leaves out of the files what the folders of Hive tell', () => {
  const { partitionBy, pathOf } = createPatternLayout({
    pattern: 'language={language}/{speaker id}/{shard}-{language}',
  });
  expect(partitionBy).toEqual([
    { column: 'language', kept: false },
    { column: 'speaker id', kept: true },
  ]);
  expect(pathOf(3, 8, ['de', 'anna'])).toBe('language=de/anna/00003-de');
  for (const pattern of ['lang={language}/{shard}', 'language={language}-{shard}', 'x/a={language}/{shard}'])
    expect(createPatternLayout({ pattern }).partitionBy).toEqual([{ column: 'language', kept: true }]);
  expect(createPatternLayout({ pattern: 'x={y}/{shard}' })).not.toHaveProperty('partitionBy.1');
  expect(createPatternLayout({ pattern: 'train/{shard}' })).not.toHaveProperty('partitionBy');
});

it.each([
  ['train', 'lacks {shard}'],
  ['{shards}', 'lacks {shard}'],
  ['{shard}-{row', 'brace'],
  ['{shard}-{}', 'brace'],
  ['{a/b}{shard}', 'brace'],
  ['{a}{shard}', 'side by side'],
  ['{a}-{b}/{shard}', 'two columns in one name'],
  ['{shard:x}-{shard}', 'digits'],
  ['../{shard}', 'which can be none'],
  ['/tmp/{shard}', 'which can be none'],
  ['a//{shard}', 'which can be none'],
  ['.hidden/{shard}', 'which can be none'],
  ['a b/{shard}', 'which can be none'],
  ['a\\{shard}', 'which can be none'],
  ['{shard}/', 'which can be none'],
  ['ä{shard}', 'which can be none'],
  [5, 'is no text'],
])('refuses %j', (pattern, why) => {
  expect(() => createPatternLayout({ pattern })).toThrow(why);
});

it('refuses options that it does not have', () => {
  expect(() => createPatternLayout({ patern: '{shard}' })).toThrow('one option');
  expect(() => createPatternLayout('{shard}')).toThrow('one option');
});
