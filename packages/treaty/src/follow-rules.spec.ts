import { Binary, Field, FixedSizeList, Int32, Int64, List, Schema, Uint8, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  audio,
  columnsOf,
  field,
  huggingface,
  label,
  list,
  rules,
  schemaOf,
  sourcesOf,
  struct,
  treatyOf,
} from '../test/make-schemas.ts';
import { convertTo } from './convert-to.ts';
import { makeTreaty } from './make-treaty.ts';
import type { Treaty } from './treaty.ts';
import { ruleProblems } from './use-rules.ts';

const labels = (...names: string[]) => schemaOf({ l: new Int64() }, huggingface({ l: label(...names) }));
const madeOf = ({ conversionOf, conversions }: Treaty, source: number) => conversions[conversionOf[source]!]![0]!;

describe('labels', () => {
  it('that a cast takes as numbers are told of where equal numbers have other names', () => {
    const { warnings } = treatyOf([labels('a', 'b'), labels('b', 'a')], { cast: { l: 'int64' } });
    expect(warnings).toEqual([expect.stringMatching(/^Column l: labels become numbers.* in two than in one\.$/)]);
    expect(treatyOf([labels('a', 'b'), labels('a', 'b')], { cast: { l: 'int64' } }).warnings).toEqual([]);
  });

  it('without names are no line of a recipe', () => {
    const unnamed = schemaOf({ l: new Int64() }, huggingface({ l: { _type: 'ClassLabel', num_classes: 3 } }));
    expect(() => treatyOf([unnamed, schemaOf({ l: new Utf8() })])).toThrow(
      /^(?!.*(?:features|cast: \{ l: string)).*$/s,
    );
  });
});

describe('under strict', () => {
  it('what a rule decides is no conflict', () => {
    const text = schemaOf({ l: new Utf8() });
    const asLabels = { features: { l: label('a', 'b') } };
    expect(columnsOf(treatyOf([text, text], asLabels, 'strict'))).toEqual(['l int64']);
    const asText = { cast: { l: 'string' } };
    expect(columnsOf(treatyOf([labels('a', 'b'), labels('b', 'a')], asText, 'strict'))).toEqual(['l string']);
    const more = schemaOf({ l: new Utf8(), m: new Int32() });
    expect(columnsOf(treatyOf([more, text], { default: { m: 1 } }, 'strict'))).toEqual(['l string', 'm int32']);
  });

  it('further labels are, named with both files', () => {
    expect(() => treatyOf([labels('a', 'b'), labels('a', 'b', 'c')], {}, 'strict')).toThrow(
      /labels in two\/f\.parquet and other labels in one\/f\.parquet/,
    );
  });
});

describe('casts', () => {
  it('below structs, lists and maps look at values that a fixed width is wanted of', () => {
    const looked = { kind: 'keep' };
    const conversionOf = (type: DataType, cast: Record<string, string>) =>
      madeOf(treatyOf([schemaOf({ s: type })], { cast }), 0).conversion;
    const width = 'fixed_size_binary(4)';
    expect(conversionOf(struct({ b: new Binary() }), { 's.b': width })).toEqual({
      kind: 'struct',
      fields: [{ source: 0, conversion: looked }],
    });
    expect(conversionOf(list(new Binary()), { 's[]': width })).toEqual({ kind: 'list', element: looked });
    const three = new FixedSizeList(3, field('item', new Int32()));
    expect(conversionOf(three, { s: 'fixed_size_list<int32, 4>' })).toEqual({ kind: 'list', element: looked });
    expect(conversionOf(three, { s: 'fixed_size_list<int32, 3>' })).toEqual({ kind: 'keep' });
  });

  it('beside a feature that is stored otherwise are refused', () => {
    const features = { l: label('a') };
    expect(ruleProblems({ cast: { l: 'string' }, features }, [])).toEqual([
      { place: 'columns.cast.l', message: expect.stringMatching(/ClassLabel is stored as int64/) },
    ]);
    expect(ruleProblems({ cast: { l: 'int64' }, features }, [])).toEqual([]);
  });
});

it('defaults that hold nulls make their columns nullable, at any depth', () => {
  const inner = new Field('b', struct({ x: new Int32() }), false);
  const whole = new Schema([field('a', new Int32()), new Field('b', new List(inner), false)]);
  const required = new Schema([field('a', new Int32()), field('n', new Int32(), false)]);
  const less = schemaOf({ a: new Int32() });
  expect(columnsOf(treatyOf([required, less], { default: { n: null } }))[1]).toBe('n int32');
  expect(columnsOf(treatyOf([required, less], { default: { n: 0 } }))[1]).toBe('n int32 not null');
  const made = treatyOf([whole, less], { default: { b: [{}] } }).schema.fields[1]!;
  expect(made.nullable && (made.type as List).children[0]!.nullable).toBe(true);
});

it('features of the recipe that cannot be are refused', () => {
  const square = { _type: 'Array2D', shape: [2, 2], dtype: 'int32' };
  const text = schemaOf({ l: new Utf8() });
  expect(() => treatyOf([text], { features: { l: square } })).toThrow(/string .* Array2D.* by the recipe/);
  expect(treatyOf([schemaOf({ l: list(list(new Int32())) })], { features: { l: square } }).unused).toEqual([]);
});

it('features and defaults below a column that are nowhere are a slip', () => {
  const { unused } = treatyOf([schemaOf({ s: struct({ l: new Int64() }) })], {
    features: { 's.l': label('a'), 's.typo': label('a') },
    default: { 's.l': 0, 's.slip': 1 },
  });
  expect(unused.map(({ place }) => place)).toEqual(['columns.features.s.typo', 'columns.default.s.slip']);
});

it('metadata of media over other parts than bytes and a path is not believed, and ends nothing', () => {
  const parts = struct({ bytes: list(new Uint8()), path: new Utf8() });
  const { warnings, schema } = treatyOf([schemaOf({ m: parts }, huggingface({ m: audio(16_000) }))]);
  expect(warnings).toEqual([expect.stringMatching(/Audio.* cannot be/)]);
  expect(columnsOf({ schema })).toEqual(['m struct<bytes: list<uint8>, path: string>']);
});

it('settled rules say types beside features within a column, so that nothing is asked again', () => {
  const mixed = (other: DataType, ...names: string[]) =>
    schemaOf({ s: list(struct({ l: new Int64(), t: other })) }, huggingface({ s: [{ l: label(...names) }] }));
  const sources = [mixed(new Int64(), 'a', 'b'), mixed(new Utf8(), 'b', 'a')];
  const first = treatyOf(sources, { cast: { 's[].t': 'string' } });
  expect(first.rules).toEqual({
    select: ['s'],
    cast: { 's[].t': 'string' },
    features: { 's[].l': label('a', 'b') },
  });
  const again = treatyOf(sources, first.rules);
  expect(again.unused).toEqual([]);
  expect(again.conversions).toEqual(first.conversions);
});

it('a source that rules of the treaty cannot be carried out on is a difference', () => {
  const columns = rules({ cast: { d: 'int64' } });
  const [source] = sourcesOf(schemaOf({ d: list(new Int32()) }));
  const { schema } = makeTreaty(sourcesOf(schemaOf({ d: new Int32() })), columns);
  expect(convertTo(schema, source!, columns)).toEqual({
    difference: { column: 'd', found: 'list<int32>', wanted: 'int64' },
  });
});
