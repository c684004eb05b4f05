import { Field, Int32, Schema } from 'apache-arrow';
import { describe, expect, it, vi } from 'vitest';
import { mergePandas } from '../../src/metadata/pandas-metadata.ts';
import { featureOf, sourceOf, treatyOf } from './sources.ts';

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const features = (text: string) => `{"info":{"features":{${text}}}}`;
const type = new Int32();

describe('metadata of files that mean harm or nothing', () => {
  it.each([
    features(`"a":${nested(200_000)}`),
    features(`"a":{"_type":"X","deep":${nested(200_000)}}`),
    `{"info":{"features":{},"more":${nested(200_000)}}}`,
    features(`"a":${'{"b":'.repeat(200_000)}1${'}'.repeat(200_000)}`),
  ])('that nests without end has no features, which is told: %#', (text) => {
    const { warnings, schema } = treatyOf([sourceOf(type, text), sourceOf(type, ` ${text}`)]);
    expect(warnings).toEqual(['c0', 'c1'].map((name) => expect.stringMatching(`^${name}/f: .* nested too deep`)));
    expect(schema.metadata.size).toBe(0);
  });

  it.each(['5', 'null', '"text"', '[]', '', '{', '{"info":null}', '{"info":{"features":[]}}'])(
    'that is no description of features has none, which is told: %s',
    (text) => {
      const { warnings, schema } = treatyOf([sourceOf(type, text)]);
      expect([warnings, schema.metadata.size]).toEqual([[expect.stringContaining('no Hugging Face features')], 0]);
    },
  );

  it.each(['5', 'null', '[]', '[1,2]', '"Audio"'])('that says %s of a column is told of', (text) => {
    const { warnings } = treatyOf([sourceOf(type, features(`"a":${text}`))]);
    expect(warnings).toEqual(['c0/f: the schema metadata "huggingface" says of "a" what is no feature.']);
  });

  it.each([
    '{"_type":5}',
    '{"_type":"List"}',
    '{"_type":"Sequence","feature":5}',
    '{"_type":"ClassLabel","names":{"0":"x"}}',
    '{"_type":"Translation","languages":"de"}',
    '{"_type":"Audio","sampling_rate":{"a":[1]}}',
    '{"__proto__":{"_type":"Audio"}}',
    '{"constructor":{"_type":"Audio"}}',
  ])('that says %s of a column of numbers leaves them numbers', (text) => {
    const source = sourceOf(type, features(`"a":${text},"__proto__":{"_type":"Audio"}`));
    expect(featureOf(treatyOf([source, source]))).toEqual({ dtype: 'int32', _type: 'Value' });
  });

  it('is not repeated at length in sentences and tables', () => {
    const stuff = Array.from({ length: 100_000 }, (_, index) => `stuff ${index}`);
    const feature = { stuff, [stuff.join()]: 1, _type: 'X'.repeat(100_000) };
    const { columns } = treatyOf([sourceOf(type, feature)]);
    expect(columns[0]!.feature!.length).toBeLessThan(500);
  });
});

describe('descriptions of data frames', () => {
  it('of thousands of columns are merged at the cost of reading each a few times', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `c${index}`);
    const columns = names.map((name) => ({ name, field_name: name, numpy_type: 'int32', metadata: null }));
    const frame = (listed: readonly object[]) => JSON.stringify({ index_columns: [], columns: listed });
    const fields = names.map((name) => new Field(name, type));
    const [first, ...others] = [frame(columns), frame(columns.toReversed()), frame(columns.toReversed())];
    const made = vi.spyOn(JSON, 'stringify');
    const merged = mergePandas([first, ...others], fields, new Set(names));
    const texts = made.mock.calls.length;
    made.mockRestore();
    expect(merged).toBe(first);
    expect(texts).toBeLessThan(4 * names.length);
  });

  it('that nest without end are no descriptions', () => {
    const text = (space: string) =>
      `{"index_columns":[],"columns":[{"name":"a","metadata":${space}${nested(200_000)}}]}`;
    const sources = ['', ' '].map((space) => ({
      schema: new Schema([new Field('a', type)], new Map([['pandas', text(space)]])),
    }));
    const { warnings, schema } = treatyOf(sources);
    expect([warnings, schema.metadata.size]).toEqual([[expect.stringContaining('"pandas" is left out')], 0]);
  });
});
