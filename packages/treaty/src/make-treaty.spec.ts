import {
  Dictionary,
  FixedSizeList,
  Float32,
  Int32,
  Int64,
  LargeUtf8,
  Null,
  Schema,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import {
  field,
  list,
  struct,
  schemaOf,
  sourcesOf,
  rules,
  treatyOf,
  columnsOf,
  huggingface,
  featuresOf,
  label,
  audio,
} from '../test/make-schemas.ts';
import { convertTo } from './convert-to.ts';
import { makeTreaty } from './make-treaty.ts';

describe('types', () => {
  it('are the least that hold those of all; columns stand as in the first source, then as they appear', () => {
    const treaty = treatyOf([
      schemaOf({ a: new Int32(), b: list(new Int32()), c: new Utf8() }),
      schemaOf({ c: new LargeUtf8(), b: list(new Int64()), a: new Int64(), d: new Utf8() }),
    ]);
    expect(columnsOf(treaty)).toEqual(['a int64', 'b list<int64>', 'c large_string', 'd string']);
    expect(treaty.conversions[treaty.conversionOf[0]!]).toEqual([
      { source: 0, conversion: { kind: 'number' } },
      { source: 1, conversion: { kind: 'list', element: { kind: 'number' } } },
      { source: 2, conversion: { kind: 'keep' } },
      { source: undefined, conversion: { kind: 'null' } },
    ]);
    expect(treaty.conversions[treaty.conversionOf[1]!]!.map(({ source }) => source)).toEqual([2, 1, 0, 3]);
    expect(treaty.columns[3]!.sources).toEqual([
      { collection: 'one', type: undefined, conversion: 'null', risk: 'none' },
      { collection: 'two', type: 'string', conversion: 'kept', risk: 'none' },
    ]);
  });

  it('are nullable where any is, or where a source has none', () => {
    const one = new Schema([
      field('a', new Int32(), false),
      field('b', new Int32(), false),
      field('c', new Int32(), false),
    ]);
    const other = new Schema([field('a', new Int32(), false), field('b', new Int32(), true)]);
    expect(columnsOf(makeTreaty(sourcesOf(one, other), rules()))).toEqual(['a int32 not null', 'b int32', 'c int32']);
  });

  it('of dictionaries are those of their values, and only nulls take any type', () => {
    const treaty = treatyOf([
      schemaOf({ a: new Dictionary(new Utf8(), new Int32()), b: new Null() }),
      schemaOf({ a: new Utf8(), b: list(new Float32()) }),
    ]);
    expect(columnsOf(treaty)).toEqual(['a string', 'b list<float32>']);
  });

  it('pair columns of one name in their order', () => {
    const twice = new Schema([field('a', new Int32()), field('b', new Utf8()), field('a', new Utf8())]);
    expect(columnsOf(makeTreaty(sourcesOf(twice, twice), rules()))).toEqual(['a int32', 'b string', 'a string']);
  });

  it('that mean different things are refused, all of them at once, each with lines to paste', () => {
    const attempt = () =>
      treatyOf([
        schemaOf({ when: new TimestampMicrosecond(), n: new Int32(), turns: list(struct({ x: new Int32() })) }),
        schemaOf({ when: new TimestampMicrosecond('UTC'), n: new Utf8(), turns: list(struct({ x: new Utf8() })) }),
      ]);
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'SCHEMA_CONFLICT',
        message: `3 columns differ in meaning between collections: only you can know what is right. Decide with one of these lines in the recipe:
Column when is timestamp[us] in one/f.parquet and timestamp[us, UTC] in two/f.parquet.
  columns: { cast: { when: "timestamp[us, UTC]" } }   # take what is stored as UTC: the stored UTC instants stay, readings without a zone count as UTC
  or cast: { when: "timestamp[us]" }   # drop the zone: the stored UTC readings stay
  or drop: [when]   # leave the column out
Column n is int32 in one/f.parquet and string in two/f.parquet.
  columns: { cast: { n: string } }   # take all values as text
  or cast: { n: int32 }   # convert all to int32; a value that it cannot hold fails its shard
  or drop: [n]   # leave the column out
Column turns[].x is int32 in one/f.parquet and string in two/f.parquet.
  columns: { cast: { "turns[].x": string } }   # take all values as text
  or cast: { "turns[].x": int32 }   # convert all to int32; a value that it cannot hold fails its shard
  or drop: [turns]   # leave the column out
The first line of each, all at once:
  columns: { cast: { when: "timestamp[us, UTC]", n: string, "turns[].x": string } }`,
      }),
    );
  });

  it('are told with every type and at every place', () => {
    const deep = (a: DataType, b: DataType) => schemaOf({ s: struct({ a, b }) });
    const attempt = () =>
      treatyOf([deep(new Int32(), new Int32()), deep(new Utf8(), new Utf8()), deep(list(new Int32()), new Utf8())]);
    expect(attempt).toThrow(/^2 columns differ/);
    expect(attempt).toThrow(
      /Column s\.a is int32 in one\/f\.parquet, list<int32> in three\/f\.parquet and string in two\/f\.parquet\./,
    );
    expect(attempt).toThrow(/Column s\.b is int32 in one/);
  });

  it('must be the same under schema: strict, but for the order of columns', () => {
    const one = schemaOf({ a: new Int32(), b: new Utf8() });
    expect(columnsOf(treatyOf([one, schemaOf({ b: new Utf8(), a: new Int32() })], {}, 'strict'))).toHaveLength(2);
    for (const other of [schemaOf({ a: new Int64(), b: new Utf8() }), schemaOf({ a: new Int32() })])
      expect(() => treatyOf([one, other], {}, 'strict')).toThrow(/schema: strict/);
  });
});

describe('rules', () => {
  const one = schemaOf({ id: new Int32(), spk: new Utf8(), junk: new Int32() });
  const two = schemaOf({ id: new Int64(), speaker: new Utf8() });

  it('select, drop and rename', () => {
    const columns = { rename: { one: { spk: 'speaker' } }, drop: ['junk'] };
    expect(columnsOf(treatyOf([one, two], columns))).toEqual(['id int64', 'speaker string']);
    expect(columnsOf(treatyOf([one, two], { ...columns, select: ['speaker', 'id'] }))).toEqual([
      'speaker string',
      'id int64',
    ]);
    expect(columnsOf(treatyOf([one, two], { rename: { '*': { spk: 'speaker' } }, drop: ['junk', 'id'] }))).toEqual([
      'speaker string',
    ]);
  });

  it('cast, at any depth, also where nothing differs', () => {
    const turns = schemaOf({ turns: list(struct({ text: new Utf8(), n: new Int64() })) });
    expect(columnsOf(treatyOf([turns], { cast: { 'turns[].n': 'int8' } }))).toEqual([
      'turns list<struct<text: string, n: int8>>',
    ]);
    const { columns } = treatyOf([turns], { cast: { 'turns[].n': 'int8' } });
    expect(columns[0]!.sources).toEqual([
      {
        collection: 'one',
        type: 'list<struct<text: string, n: int64>>',
        conversion: '[].n: int64 to int8',
        risk: 'decided',
      },
    ]);
  });

  it('give defaults for what a source has not, also in a struct', () => {
    const treaty = treatyOf(
      [
        schemaOf({ a: struct({ x: new Int32() }) }),
        schemaOf({ a: struct({ x: new Int32(), y: new Utf8() }), lang: new Utf8() }),
      ],
      { default: { lang: 'en', 'a.y': 'none' } },
    );
    const [first] = treaty.conversions;
    expect(first![1]).toEqual({ source: undefined, conversion: { kind: 'constant', value: 'en' } });
    expect(first![0]!.conversion).toMatchObject({
      fields: [{ conversion: { kind: 'keep' } }, { conversion: { kind: 'constant', value: 'none' } }],
    });
    expect(() => treatyOf([one, two], { default: { spk: 5 } })).toThrow(/columns\.default\.spk/);
  });

  it('that apply to nothing are told', () => {
    const { unused } = treatyOf([one, two], {
      drop: ['nope'],
      cast: { none: 'int8' },
      default: { nil: 1 },
      rename: { two: { spk: 'x' } },
    });
    expect(unused.map(({ place }) => place)).toEqual([
      'columns.drop',
      'columns.rename.two.spk',
      'columns.cast.none',
      'columns.default.nil',
    ]);
  });

  it('that cannot be carried out are refused', () => {
    expect(() => treatyOf([one], { cast: { id: 'list<int8>' } })).toThrow(
      /columns\.cast\.id: cannot be carried out: no conversion leads from int32, as in one\/f\.parquet, to list<int8>/,
    );
    expect(() => treatyOf([one], { cast: { id: 'inet' } })).toThrow(/columns\.cast\.id/);
    expect(() => treatyOf([one], { select: ['nothing'] })).toThrow(/at least one column/);
  });

  it('that would give one name to two columns are refused, swaps are not', () => {
    expect(() => treatyOf([one], { rename: { one: { spk: 'id' } } })).toThrow(
      /id and spk of one\/f\.parquet would both be id/,
    );
    expect(() => treatyOf([one], { rename: { '*': { spk: 'x', junk: 'x' } } })).toThrow(/both be x/);
    expect(columnsOf(treatyOf([one], { rename: { one: { spk: 'junk', junk: 'spk' } } }))).toEqual([
      'id int32',
      'junk string',
      'spk int32',
    ]);
  });

  it('that leave fields out say so, and a feature never does', () => {
    const wide = schemaOf({
      s: list(struct({ a: new Int32(), b: new Utf8() })),
      sound: struct({ array: list(new Float32()), path: new Utf8() }),
    });
    const { warnings } = treatyOf([wide], { cast: { s: 'list<struct<a: int8>>' } });
    expect(warnings).toEqual(['Column s[].b of one/f.parquet is left out, as the type of its cast says.']);
    expect(() => treatyOf([wide], { features: { sound: audio(16_000) } })).toThrow(
      /columns\.features\.sound: .*sound\.array/,
    );
  });

  it('that a treaty settles lead to the same treaty, and convert one source alone to it', () => {
    const sources = sourcesOf(
      schemaOf({ id: new Int32(), l: new Int64(), t: list(new Int32()) }, huggingface({ l: label('a', 'b') })),
      schemaOf(
        { id: new Int64(), l: new Int64(), t: new FixedSizeList(2, field('item', new Int32())) },
        huggingface({ l: label('b', 'c') }),
      ),
    );
    const treaty = makeTreaty(sources, rules());
    const again = makeTreaty(sources, rules(treaty.rules));
    expect(columnsOf(again)).toEqual(columnsOf(treaty));
    expect(featuresOf(again)).toEqual(featuresOf(treaty));
    for (const [index, source] of sources.entries()) {
      const conversions = treaty.conversions[treaty.conversionOf[index]!];
      expect(convertTo(treaty.schema, source, rules())).toEqual({ conversions });
    }
    const other = { collection: 'x', schema: schemaOf({ id: new Utf8() }), file: 'x/f' };
    expect(convertTo(treaty.schema, other, rules())).toEqual({
      difference: { column: 'id', wanted: 'int64', found: 'string' },
    });
  });
});

describe('metadata', () => {
  it('is kept where all agree, and never that of one file; what is left out is told', () => {
    const { schema, warnings } = treatyOf([
      schemaOf({ a: new Int32() }, { 'ARROW:schema': 'x', by: 'one', kept: '{"a":1,"b":2}' }),
      schemaOf({ a: new Int32() }, { 'ARROW:schema': 'x', by: 'two', more: '1', kept: '{"b":2,"a":1}' }),
    ]);
    expect(Object.fromEntries(schema.metadata)).toEqual({ kept: '{"a":1,"b":2}' });
    expect(warnings).toEqual([
      'The schema metadata "by" is left out of the result: one/f.parquet and two/f.parquet do not have the same.',
      'The schema metadata "more" is left out of the result: one/f.parquet and two/f.parquet do not have the same.',
    ]);
  });

  it('of pandas indexes without a name makes no column that only some have', () => {
    const { schema, warnings } = treatyOf([
      schemaOf({ a: new Int32(), __index_level_0__: new Int64() }),
      schemaOf({ a: new Int32() }),
    ]);
    expect(schema.fields.map(({ name }) => name)).toEqual(['a']);
    expect(warnings).toEqual([expect.stringContaining('row index of a pandas frame')]);
  });
});
