import fc from 'fast-check';
import { leafTypes } from '@riffle/testkit';
import {
  Binary,
  DataType,
  Dictionary,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Int32,
  Int8,
  LargeList,
  List,
  Map_,
  Struct,
  Timestamp,
  Utf8,
  Utf8View,
  type TimeUnit,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { plainType } from '../plain-type.ts';
import { parseType } from './parse-type.ts';
import { typeText } from './type-text.ts';

const item = (type: DataType) => new Field('item', type, true);
const struct = (...fields: [string, DataType][]) =>
  new Struct(fields.map(([name, type]) => new Field(name, type, true)));
const map = (key: DataType, value: DataType) =>
  new Map_(
    new Field(
      'entries',
      new Struct<{ key: DataType; value: DataType }>([new Field('key', key, false), new Field('value', value, true)]),
      false,
    ),
    false,
  );

/** The types that can be written, to any depth, with names and zones of any characters. */
const types = fc.letrec<{ type: DataType }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...Object.values(leafTypes)).map((make) => plainType(make())),
    fc.tuple(fc.nat(3), fc.string({ unit: 'binary', minLength: 1 })).map(([unit, zone]) => {
      return new Timestamp(unit as TimeUnit, zone);
    }),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((width) => new FixedSizeBinary(width)),
    tie('type').map((type) => new List(item(type))),
    tie('type').map((type) => new LargeList(item(type))),
    fc.tuple(fc.nat(2 ** 31 - 1), tie('type')).map(([size, type]) => new FixedSizeList(size, item(type))),
    fc.array(fc.tuple(fc.string({ unit: 'binary' }), tie('type')), { maxLength: 4 }).map((fields) => struct(...fields)),
    fc.tuple(tie('type'), tie('type')).map(([key, value]) => map(key, value)),
  ),
}));

/** Everything about a type that its text keeps, by another way than the text. */
function shape(type: DataType): unknown {
  const children = (type.children ?? []) as Field[];
  const parameters = ['bitWidth', 'precision', 'scale', 'unit', 'timezone', 'byteWidth', 'listSize', 'isSigned'];
  const own = parameters.map((key) => (type as unknown as Record<string, unknown>)[key] ?? null);
  const names = DataType.isStruct(type) ? children.map(({ name }) => name) : [];
  return [type.typeId, own, names, children.map((child) => shape(child.type as DataType))];
}

describe('typeText and parseType', () => {
  it('read back what was written, whatever names and zones are made of', () => {
    fc.assert(
      fc.property(types.type, (type) => {
        const parsed = parseType(typeText(type));
        expect(typeof parsed === 'string' ? parsed : shape(parsed)).toEqual(shape(type));
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, DataType]>([
    ['struct<a: int32, "b c": list<string>>', struct(['a', new Int32()], ['b c', new List(item(new Utf8()))])],
    ['map<string, fixed_size_list<int32, 3>>', map(new Utf8(), new FixedSizeList(3, item(new Int32())))],
    ['timestamp[us, UTC]', new Timestamp(2, 'UTC')],
    ['timestamp[us, Europe/Berlin]', new Timestamp(2, 'Europe/Berlin')],
    ['timestamp[s, +01:00]', new Timestamp(0, '+01:00')],
    ['struct<>', struct()],
    [
      'struct<"a:b": int32, "<": int32, "": int32, größe.x: int32>',
      struct(['a:b', new Int32()], ['<', new Int32()], ['', new Int32()], ['größe.x', new Int32()]),
    ],
  ])('write %s so', (text, type) => {
    expect(typeText(type)).toBe(text);
  });

  it('write dictionaries and views, which are read as the types of their values', () => {
    expect(typeText(new Dictionary(new Utf8(), new Int8()))).toBe('dictionary<int8, string>');
    expect(parseType('dictionary<int8, string>')).toBe(
      'it is no type: "dictionary" is how a file stores values; name their own type',
    );
    expect(typeText(new Utf8View())).toBe('string_view');
    expect(parseType('string_view')).toEqual(new Utf8());
  });

  it.each<[string, string]>([
    ['utf8', 'string'],
    ['large_utf8', 'large_string'],
    ['bytes', 'binary'],
    ['boolean', 'bool'],
    ['halffloat', 'float16'],
    ['float', 'float32'],
    ['double', 'float64'],
    ['date32[day]', 'date32'],
    ['date64[ms]', 'date64'],
    ['time64[us]', 'time64[us]'],
    ['timestamp[ns, tz=America/New_York]', 'timestamp[ns, America/New_York]'],
    ['decimal(9,2)', 'decimal128(9, 2)'],
    ['decimal128(5)', 'decimal128(5, 0)'],
    ['fixed_size_binary[16]', 'fixed_size_binary(16)'],
    ['list<item: int64>', 'list<int64>'],
    ['list< list >', 'problem'],
    ['fixed_size_list<item: float>[3]', 'fixed_size_list<float32, 3>'],
    [' Struct < a : INT32 , b:list<string> > ', 'struct<a: int32, b: list<string>>'],
    ['struct<list: int64>', 'struct<list: int64>'],
  ])('understand %s', (text, canonical) => {
    const parsed = parseType(text);
    expect(typeof parsed === 'string' ? 'problem' : typeText(parsed)).toBe(canonical);
  });

  it.each<[string, string]>([
    ['', 'it is no type: a type must come at the end'],
    ['list<int64', 'it is no type: ">" must come at the end'],
    ['list<int64>>', 'it is no type: the end must come where ">" stands'],
    ['list', 'it is no type: "<" must come at the end'],
    ['struct<a b: int32>', 'it is no type: ":" must come where "b: int32>" stands'],
    ['struct<"\\x": int32>', 'it is no type: "\\x" is no JSON string'],
    ['time32[us]', 'it is no type: time32 has no such unit; seconds and milliseconds take time32, finer units time64'],
    ['timestamp[h]', 'it is no type: "h" is no unit; there are s, ms, us and ns'],
    ['decimal128(39, 2)', 'it is no type: the precision must be from 1 to 38, not 39'],
    ['decimal128(9, 10)', 'it is no type: the scale must be from 0 to 9, not 10'],
    ['fixed_size_binary(0)', 'it is no type: the width in bytes must be from 1 to 2147483647, not 0'],
    ['list<int64 not null>', 'it is no type: ">" must come where "not null>" stands'],
  ])('say what is wrong with %s', (text, problem) => {
    expect(parseType(text)).toBe(problem);
  });

  it('name some types to one who names none', () => {
    expect(parseType('constructor')).toMatch(/^it is no type: "constructor" is not known; there are int64, /);
  });

  it('are bounded in depth, however deep a text or a type goes', () => {
    const deep = (levels: number) => `${'list<'.repeat(levels)}int64${'>'.repeat(levels)}`;
    expect(parseType(deep(101))).toBe('it is no type: types may nest 100 levels deep at most');
    expect(parseType('struct<a:'.repeat(100_000))).toBe('it is no type: types may nest 100 levels deep at most');
    expect(typeText(parseType(deep(100)) as DataType)).toBe(deep(100));
    let type: DataType = new Binary();
    for (let level = 0; level < 5000; level++) type = new List(item(type));
    expect(typeText(type)).toMatch(/^(list<){101}…>{101}$/);
  });
});
