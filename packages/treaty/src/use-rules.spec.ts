import { describe, expect, it } from 'vitest';
import { ruleProblems } from './use-rules.ts';

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
