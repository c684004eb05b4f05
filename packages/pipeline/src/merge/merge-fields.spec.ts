import {
  Binary,
  BinaryView,
  DataType,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int32,
  Int64,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Struct,
  TimestampMillisecond,
  TimestampMicrosecond,
  Utf8,
  Utf8View,
} from 'apache-arrow';
import { typeCatalogue } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { plainField, plainType } from '@riffle/columnar';
import { mergeFields } from './merge-fields.ts';

const list = (type: DataType, nullable = true, name = 'item') => new List(new Field(name, type, nullable));
const struct = (...fields: [string, DataType, boolean?][]) =>
  new Struct(fields.map(([name, type, nullable = true]) => new Field(name, type, nullable)));
const map = (value: DataType) =>
  new Map_(new Field('entries', struct(['key', new Utf8(), false], ['value', value]) as never, false));
const merge = (one: DataType, other: DataType) => mergeFields(new Field('c', one, false), new Field('c', other, false));

describe('plainType', () => {
  it.each<[string, DataType, string]>([
    ['a dictionary', new Dictionary(new Utf8(), new Int32()), 'Utf8'],
    ['a view of text', new Utf8View(), 'Utf8'],
    ['a view of bytes', new BinaryView(), 'Binary'],
    ['in a list', list(new Dictionary(new Binary(), new Int32())), 'List<Binary>'],
    [
      'in a struct in a map',
      map(struct(['x', new Dictionary(new Int64(), new Int32())])),
      String(map(struct(['x', new Int64()]))),
    ],
  ])('resolves %s', (_, type, plain) => {
    expect(String(plainType(type))).toBe(plain);
  });

  it('leaves every other type as it is', () => {
    for (const entry of typeCatalogue.filter(({ type }) => !type.startsWith('dictionary'))) {
      const { type } = entry.make(1).schema.fields[0]!;
      expect(String(plainType(type))).toBe(String(type));
    }
  });

  it('keeps nullability and metadata of fields', () => {
    const field = plainField(
      new Field('a', list(new Dictionary(new Utf8(), new Int32()), false), false, new Map([['k', 'v']])),
    );
    expect([field.nullable, field.metadata.get('k'), field.type.children[0]!.nullable]).toEqual([false, 'v', false]);
  });
});

describe('mergeFields', () => {
  it('agrees with itself for every type', () => {
    for (const entry of typeCatalogue) {
      const field = plainField(entry.make(1).schema.fields[0]!);
      const merged = mergeFields(field, field);
      expect(merged).toBeInstanceOf(Field);
      expect(String((merged as Field).type)).toBe(String(field.type));
    }
  });

  it('is nullable where either is, at every level, whichever comes first', () => {
    const [strict, loose] = [
      list(struct(['x', new Int32(), false]), false),
      list(struct(['x', new Int32(), true]), true),
    ];
    for (const merged of [merge(strict, loose), merge(loose, strict)] as Field[]) {
      expect([
        merged.nullable,
        merged.type.children[0].nullable,
        merged.type.children[0].type.children[0].nullable,
      ]).toEqual([false, true, true]);
    }
    expect((mergeFields(new Field('c', new Int32(), true), new Field('c', new Int32(), false)) as Field).nullable).toBe(
      true,
    );
  });

  it('keeps metadata that both have', () => {
    const field = (entries: [string, string][]) => new Field('c', new Int32(), true, new Map(entries));
    const merged = mergeFields(
      field([
        ['a', '1'],
        ['b', '2'],
        ['c', '3'],
      ]),
      field([
        ['a', '1'],
        ['b', 'x'],
      ]),
    ) as Field;
    expect([...merged.metadata]).toEqual([['a', '1']]);
  });

  it('lets the elements of a list bear any name', () => {
    expect(merge(list(new Int32(), true, 'item'), list(new Int32(), true, 'element'))).toBeInstanceOf(Field);
  });

  it.each<[string, DataType, DataType, string]>([
    ['widths', new Int32(), new Int64(), 'c'],
    ['kinds', new Int32(), new Float32(), 'c'],
    ['large and small text', new Utf8(), new LargeUtf8(), 'c'],
    ['units', new TimestampMillisecond(), new TimestampMicrosecond(), 'c'],
    ['time zones', new TimestampMillisecond(), new TimestampMillisecond('UTC'), 'c'],
    ['scales of decimals', new Decimal(2, 9, 128), new Decimal(4, 9, 128), 'c'],
    ['precisions of decimals', new Decimal(2, 9, 128), new Decimal(2, 12, 128), 'c'],
    ['list kinds', list(new Int32()), new LargeList(new Field('item', new Int32(), true)), 'c'],
    [
      'list sizes',
      new FixedSizeList(2, new Field('item', new Int32(), true)),
      new FixedSizeList(3, new Field('item', new Int32(), true)),
      'c',
    ],
    ['elements', list(new Int32()), list(new Int64()), 'c'],
    ['names in a struct', struct(['x', new Int32()]), struct(['y', new Int32()]), 'c'],
    ['fields of a struct', struct(['x', new Int32()]), struct(['x', new Int32()], ['y', new Int32()]), 'c'],
    ['types in a struct', struct(['x', new Int32()]), struct(['x', new Utf8()]), 'c.x'],
    [
      'deep down',
      list(struct(['x', list(struct(['y', new Int32()]))])),
      list(struct(['x', list(struct(['y', new Utf8()]))])),
      'c.x.y',
    ],
    ['values of a map', map(new Int32()), map(new Utf8()), 'c'],
  ])('names the place of a conflict: %s', (_, one, other, column) => {
    const conflict = merge(one, other);
    expect(conflict).not.toBeInstanceOf(Field);
    expect(conflict).toMatchObject({ column: expect.stringMatching(new RegExp(`^${column.replaceAll('.', '\\.')}`)) });
    expect((conflict as { one: string }).one).not.toBe((conflict as { other: string }).other);
  });
});
