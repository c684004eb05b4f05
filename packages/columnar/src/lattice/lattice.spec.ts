import { leafTypes } from '@riffle/testkit';
import { DataType, Field, FixedSizeList, Int32, Int64, LargeList, List, Map_, Null, Struct, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { plainField } from '../plain-type.ts';
import { agreeOnFields } from './agree-on-fields.ts';
import { conversionTo } from './conversion-to.ts';

const field = (type: DataType, nullable = false) => plainField(new Field('c', type, nullable));
const list = (type: DataType) => new List(new Field('item', type, true));
const largeList = (type: DataType) => new LargeList(new Field('item', type, true));
const fixedList = (size: number, type: DataType) => new FixedSizeList(size, new Field('item', type, true));
const struct = (...fields: [string, DataType, boolean?][]) =>
  new Struct(fields.map(([name, type, nullable = false]) => new Field(name, type, nullable)));
const map = (value: DataType) =>
  new Map_(new Field('entries', struct(['key', new Utf8()], ['value', value, true]), false) as never, false);

function agree(one: DataType, other: DataType): string {
  const agreed = agreeOnFields(field(one), field(other));
  return agreed instanceof Field ? String(agreed.type) : `disagree at ${agreed.column}`;
}
const leaf = (name: string) => leafTypes[name]!();

describe('agreeOnFields', () => {
  it.each<[string, string, string]>([
    ['int8', 'int64', 'Int64'],
    ['uint8', 'uint16', 'Uint16'],
    ['uint8', 'int8', 'Int16'],
    ['uint16', 'int64', 'Int64'],
    ['uint32', 'int8', 'Int64'],
    ['uint64', 'int8', 'Int64'],
    ['int8', 'float16', 'Float16'],
    ['int16', 'float16', 'Float32'],
    ['int32', 'float32', 'Float64'],
    ['int64', 'float32', 'Float64'],
    ['float16', 'float64', 'Float64'],
    ['utf8', 'large_utf8', 'LargeUtf8'],
    ['utf8', 'dictionary(int8, utf8)', 'Utf8'],
    ['binary', 'fixed_size_binary(16)', 'Binary'],
    ['fixed_size_binary(16)', 'fixed_size_binary(16)', 'FixedSizeBinary[16]'],
    ['binary', 'large_binary', 'LargeBinary'],
    ['date32[day]', 'date64[ms]', 'Date64<MILLISECOND>'],
    ['time32[s]', 'time64[ns]', 'Time64<NANOSECOND>'],
    ['time32[s]', 'time32[ms]', 'Time32<MILLISECOND>'],
    ['timestamp[s]', 'timestamp[us]', 'Timestamp<MICROSECOND>'],
    ['timestamp[s, UTC]', 'timestamp[ms, UTC]', 'Timestamp<MILLISECOND, UTC>'],
    ['duration[s]', 'duration[ns]', 'Duration<NANOSECOND>'],
    ['null', 'int8', 'Int8'],
    ['decimal128(9, 2)', 'decimal128(38, 10)', 'Decimal[38e+10]'],
    ['decimal128(9, 2)', 'int64', 'Decimal[22e+2]'],
  ])('widens %s and %s to %s, whichever comes first', (one, other, expected) => {
    expect([agree(leaf(one), leaf(other)), agree(leaf(other), leaf(one))]).toEqual([expected, expected]);
  });

  it.each<[string, string]>([
    ['bool', 'int8'],
    ['utf8', 'int32'],
    ['utf8', 'binary'],
    ['timestamp[s]', 'timestamp[s, UTC]'],
    ['timestamp[ns, Europe/Berlin]', 'timestamp[s, UTC]'],
    ['date32[day]', 'timestamp[s]'],
    ['decimal128(9, 2)', 'float64'],
  ])('does not change the meaning of %s or %s', (one, other) => {
    expect([agree(leaf(one), leaf(other)), agree(leaf(other), leaf(one))]).toEqual(['disagree at c', 'disagree at c']);
  });

  it('is idempotent, symmetric, and stays once agreed, for every pair of types, which both have a conversion to it', () => {
    let agreed = 0;
    for (const [one, other] of Object.values(leafTypes).flatMap((first) =>
      Object.values(leafTypes).map((second) => [first(), second()] as const),
    )) {
      expect(agree(one, one)).toBe(String(field(one).type));
      expect(agree(one, other)).toBe(agree(other, one));
      const common = agreeOnFields(field(one), field(other));
      if (!(common instanceof Field)) continue;
      agreed++;
      for (const source of [one, other]) {
        const again = agreeOnFields(common, field(source));
        expect(again instanceof Field && String(again.type)).toBe(String(common.type));
        expect(conversionTo(field(source).type as DataType, common.type as DataType)).toBeDefined();
      }
    }
    expect(agreed).toBeGreaterThan(Object.keys(leafTypes).length);
  });

  it('goes into lists, maps and structs', () => {
    expect(agree(list(new Int32()), largeList(new Int64()))).toBe('LargeList<Int64>');
    expect(agree(fixedList(2, new Int32()), fixedList(2, new Int64()))).toBe('FixedSizeList[2]<Int64>');
    expect(agree(fixedList(2, new Int32()), fixedList(3, new Int32()))).toBe('List<Int32>');
    expect(agree(map(new Int32()), map(new Int64()))).toBe(String(map(new Int64())));
    expect(agree(list(struct(['x', new Utf8()])), list(struct(['x', new Int32()])))).toBe('disagree at c[].x');
  });

  it('takes every field of two structs, in the order of the first, nullable where one has none', () => {
    const agreed = agreeOnFields(
      field(struct(['a', new Int32()], ['b', new Utf8()])),
      field(struct(['d', new Null()], ['b', new Utf8()], ['a', new Int64()])),
    ) as Field<Struct>;
    expect(agreed.type.children.map(({ name, type, nullable }) => [name, String(type), nullable])).toEqual([
      ['a', 'Int64', false],
      ['b', 'Utf8', false],
      ['d', 'Null', true],
    ]);
  });

  it('is nullable where either is, and where one has only nulls', () => {
    const nullable = (one: Field, other: Field) => (agreeOnFields(one, other) as Field).nullable;
    expect([
      nullable(field(new Int32()), field(new Int32())),
      nullable(field(new Int32(), true), field(new Int32())),
      nullable(field(new Int32()), field(new Null())),
    ]).toEqual([false, true, true]);
  });
});

describe('conversionTo', () => {
  it.each<[string, DataType, DataType, unknown]>([
    ['the same type', new Int32(), new Int32(), { kind: 'keep' }],
    ['layouts', list(new Utf8()), largeList(new Utf8()), { kind: 'keep' }],
    ['numbers', new Int32(), new Int64(), { kind: 'number' }],
    ['nothing but nulls', new Null(), new Int64(), { kind: 'null' }],
    ['elements', list(new Int32()), list(new Int64()), { kind: 'list', element: { kind: 'number' } }],
    ['a fixed-size list', fixedList(2, new Int32()), list(new Int32()), { kind: 'list', element: { kind: 'keep' } }],
    [
      'values of maps',
      map(new Int32()),
      map(new Int64()),
      { kind: 'map', key: { kind: 'keep' }, value: { kind: 'number' } },
    ],
    ['a struct as it is', struct(['a', new Int32()]), struct(['a', new Int32(), true]), { kind: 'keep' }],
    [
      'fields in another order, and one that is missing',
      struct(['b', new Utf8()], ['a', new Int32()]),
      struct(['a', new Int64()], ['b', new Utf8()], ['c', new Utf8(), true]),
      {
        kind: 'struct',
        fields: [
          { source: 1, conversion: { kind: 'number' } },
          { source: 0, conversion: { kind: 'keep' } },
          { source: undefined, conversion: { kind: 'null' } },
        ],
      },
    ],
  ])('names it for %s', (_, source, target, conversion) => {
    expect(conversionTo(source, target)).toEqual(conversion);
  });

  it('is refused where the meaning would change', () => {
    expect(() => conversionTo(new Utf8(), new Int32())).toThrow(/no conversion from string to int32/);
  });
});
