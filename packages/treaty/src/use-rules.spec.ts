import type { ColumnRules } from '@riffle/core';
import { Binary, Field, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { ruleProblems, unusedRules } from './use-rules.ts';

describe('rules that are wrong whatever the collections hold', () => {
  it.each([
    [{ cast: { a: 'inet' } }, 'columns.cast.a', /must be a type/],
    [{ rename: { nobody: { a: 'b' } } }, 'columns.rename.nobody', /collections are one, two/],
    [{ features: { a: { _type: 'List' } } }, 'columns.features.a', /cast/],
    [{ features: { a: { _type: 'ClassLabel' } } }, 'columns.features.a', /must have names/],
    [{ features: { a: { _type: 'ClassLabel', names: ['x', 'x'] } } }, 'columns.features.a', /each once/],
  ])('%j', (rules, place, message) => {
    expect(ruleProblems(rules, ['one', 'two'])).toEqual([{ place, message: expect.stringMatching(message) }]);
  });

  it('and nothing is said of right ones', () => {
    const features = { a: { _type: 'Audio' }, 'b[]': { _type: 'ClassLabel', names: ['no', 'yes'] } };
    expect(
      ruleProblems({ cast: { c: 'list<int8>' }, rename: { '*': { x: 'y' }, one: {} }, features }, ['one']),
    ).toEqual([]);
  });
});

describe('rules that apply to no column', () => {
  const schema = new Schema([new Field('speaker', new Utf8()), new Field('audio', new Binary())]);
  const source = { schema, collection: 'tts', file: 'a.parquet', features: new Map(), info: new Map() };
  const problemsOf = (rules: ColumnRules) =>
    unusedRules(rules, [source], new Set(['speaker', 'audio', 'audio.sampling_rate']), new Set(), new Set()).map(
      ({ place, message }) => `${place}: ${message}`,
    );

  it.each<[ColumnRules, string]>([
    [
      { drop: ['spekaer'] },
      'columns.drop: must be there in some collection: no column is spekaer; columns are speaker, audio; did you mean speaker?',
    ],
    [{ select: ['Audio'] }, 'did you mean audio?'],
    [{ cast: { 'audio.smapling_rate': 'int32' } }, 'did you mean audio.sampling_rate?'],
    [{ features: { audoi: { _type: 'Audio' } } }, 'did you mean audio?'],
    [{ default: { speakr: 'x' } }, 'did you mean speaker?'],
    [
      { rename: { tts: { spaeker: 'who' } } },
      'columns.rename.tts.spaeker: must be a column of tts; did you mean speaker?',
    ],
    [{ rename: { '*': { spaeker: 'who' } } }, 'must be a column of some collection; did you mean speaker?'],
  ])('say what was meant: %j', (rules, message) => {
    expect(problemsOf(rules)).toEqual([expect.stringContaining(message)]);
  });

  it('suggest nothing for another word', () => {
    expect(problemsOf({ drop: ['banana'] })).toEqual([expect.not.stringContaining('did you mean')]);
  });

  it('know the collections too', () => {
    expect(ruleProblems({ rename: { tst: { a: 'b' } } }, ['tts', 'news'])[0]?.message).toMatch(/did you mean tts\?$/);
  });
});
