import {
  Binary,
  Bool,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Null,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  type DataType,
} from 'apache-arrow';
import type { JsonValue } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { makeColumn, type Column } from '../column.ts';
import { numbers, valuesOf } from '../../test/convert/number-column.ts';
import { convertBatch } from './convert-batch.ts';
import { parseType } from '../types/parse-type.ts';
import { convertColumn } from './convert-column.ts';
import { textColumn } from './convert-text.ts';
import type { Conversion } from './conversion.ts';

const list = (type: DataType) => new List(new Field('item', type, true));

function listOf(child: Column, offsets: readonly number[], validity?: number): Column {
  return makeColumn({
    type: list(child.type),
    layout: { kind: 'list', large: false },
    length: offsets.length - 1,
    offsets: Int32Array.from(offsets),
    children: [child],
    validity: validity === undefined ? undefined : Uint8Array.of(validity),
  });
}

const constant = (type: DataType, value: JsonValue, rows = 2) =>
  valuesOf(convertColumn(undefined, rows, type, { kind: 'constant', value }));

describe('convertColumn', () => {
  it('shares the buffers of what does not change', () => {
    const source = listOf(numbers(new Int32(), Int32Array.of(1, 2, 3), 0b101), [0, 2, 3], 0b01);
    const target = new LargeList(new Field('element', new Int32(), false));
    const result = convertColumn(source, 2, target, { kind: 'keep' });
    expect(result).toEqual({
      ...source,
      type: target,
      layout: { kind: 'list', large: true },
      children: [{ ...source.children[0]! }],
    });
    expect(result.offsets).toBe(source.offsets);
    expect(result.children[0]!.values).toBe(source.children[0]!.values);
  });

  it('gives the plain type where the target is a dictionary', () => {
    const source = numbers(new Int32(), Int32Array.of(5));
    const result = convertColumn(source, 1, new Dictionary(new Int64(), new Int8()), { kind: 'number' });
    expect([String(result.type), valuesOf(result)]).toEqual(['Int64', ['5']]);
  });

  it('names column, row and value of what it refuses, at any depth', () => {
    const child = numbers(new Int64(), BigInt64Array.of(1n, 2n ** 53n + 1n, 2n ** 53n + 1n));
    const struct = new Struct([new Field('item', list(new Int64()), true)]);
    const source = makeColumn({
      type: struct,
      layout: { kind: 'struct' },
      length: 3,
      children: [listOf(child, [0, 1, 1, 3])],
    });
    const target = new Struct([new Field('b', list(new Float64()), true)]);
    const convert = () =>
      convertColumn(
        source,
        3,
        target,
        { kind: 'struct', fields: [{ source: 0, conversion: { kind: 'list', element: { kind: 'number' } } }] },
        'a',
      );
    expect(convert).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_CONTENT',
        message: 'column a.b[], row 2: 9007199254740993 cannot become float64 exactly',
        details: { column: 'a.b[]', row: 2, value: '9007199254740993', kind: 'unsupported' },
      }),
    );
  });

  it('says what a label or a length should have been', () => {
    const labels = numbers(new Int8(), Int8Array.of(-1, 0, 9));
    expect(() => convertColumn(labels, 3, new Int64(), { kind: 'labels', map: [1, 0] }, 'label')).toThrow(
      'column label, row 2: 9 cannot become int64: it is not the number of one of the 2 labels',
    );
    const lists = listOf(numbers(new Int8(), Int8Array.of(1, 2, 3)), [0, 2, 3]);
    const two = new FixedSizeList(2, new Field('item', new Int8(), true));
    expect(() => convertColumn(lists, 2, two, { kind: 'list', element: { kind: 'keep' } }, 'pair')).toThrow(
      'column pair, row 1: a list of length 1 cannot become fixed_size_list(2)',
    );
  });

  it('does not look at what stands behind a null of another length', () => {
    const bytes = makeColumn({
      type: new Binary(),
      layout: { kind: 'bytes', large: false },
      length: 2,
      offsets: Int32Array.of(0, 2, 5),
      values: Uint8Array.of(1, 2, 3, 4, 5),
      validity: Uint8Array.of(1),
    });
    expect(valuesOf(convertColumn(bytes, 2, new FixedSizeBinary(2), { kind: 'keep' }))).toEqual(['hex:0102', null]);
    const three = new FixedSizeList(3, new Field('item', new Int8(), true));
    const fixed = convertColumn(undefined, 2, three, { kind: 'null' });
    const two = new FixedSizeList(2, new Field('item', new Int16(), true));
    const result = convertColumn(fixed, 2, two, { kind: 'list', element: { kind: 'number' } });
    expect([valuesOf(result), result.children[0]!.length]).toEqual([[null, null], 4]);
  });

  it('leaves no elements in null lists that had a fixed size', () => {
    const child = numbers(new Int8(), Int8Array.of(1, 2, 99, 99, 3, 4));
    const source = makeColumn({
      type: new FixedSizeList(2, new Field('item', new Int8(), true)),
      layout: { kind: 'fixed-list', size: 2 },
      length: 3,
      children: [child],
      validity: Uint8Array.of(0b101),
    });
    const result = convertColumn(source, 3, list(new Int64()), { kind: 'list', element: { kind: 'number' } });
    expect(result.offsets).toEqual(Int32Array.of(0, 2, 2, 4));
    expect(valuesOf(result)).toEqual([['1', '2'], null, ['3', '4']]);
  });

  it('makes nulls of any type from a column of the null type', () => {
    const source = makeColumn({ type: new Null(), layout: { kind: 'null' }, length: 2 });
    const target = new Struct([new Field('a', list(new Utf8()), true)]);
    expect(valuesOf(convertColumn(source, 2, target, { kind: 'keep' }))).toEqual([null, null]);
    const huge = new FixedSizeList(2 ** 31 - 1, new Field('item', new Int8(), true));
    expect(() => convertColumn(undefined, 2, huge, { kind: 'null' })).toThrow(RangeError);
  });

  it.each<[DataType, JsonValue, unknown]>([
    [new Int64(), '9007199254740993', '9007199254740993'],
    [new Int8(), -7, '-7'],
    [new Float64(), 0.5, '3fe0000000000000'],
    [new Bool(), true, true],
    [new LargeUtf8(), 'naïve', 'naïve'],
    [new Binary(), 'AQID', 'hex:010203'],
    [new FixedSizeBinary(3), 'AQID', 'hex:010203'],
    [new TimestampMicrosecond('UTC'), '1970-01-01T01:00:00.000001+01:00', '1'],
    [list(new Int16()), [1, null], ['1', null]],
    [new Struct([new Field('a', new Int8(), true), new Field('b', new Utf8(), true)]), { b: 'x' }, { a: null, b: 'x' }],
    [
      new Map_(
        new Field(
          'entries',
          new Struct<{ key: DataType; value: DataType }>([
            new Field('key', new Utf8(), false),
            new Field('value', new Int8(), true),
          ]),
          false,
        ),
      ),
      [
        ['k', 1],
        ['l', null],
      ],
      [
        ['k', '1'],
        ['l', null],
      ],
    ],
    [new FixedSizeList(2, new Field('item', new Int8(), true)), [1, 2], ['1', '2']],
    [new Utf8(), null, null],
  ])('writes the constant of the type %s', (type, value, expected) => {
    expect(constant(type, value)).toEqual([expected, expected]);
    expect(constant(type, value, 0)).toEqual([]);
  });

  it.each<[DataType, JsonValue]>([
    [new Int8(), 128],
    [new Int8(), '12 '],
    [new Utf8(), 5],
    [new Bool(), 1],
    [new Binary(), '%'],
    [new FixedSizeBinary(2), 'AQID'],
    [list(new Int8()), { a: 1 }],
    [new Struct([new Field('a', new Int8(), true)]), { b: 1 }],
    [new Null(), 1],
  ])('refuses a constant that is none of the type %s, even for no rows', (type, value) => {
    expect(() => constant(type, value, 0)).toThrow(expect.objectContaining({ code: 'RECIPE_INVALID' }));
  });

  it('puts a constant where the converted source is null', () => {
    const source = numbers(new Int8(), Int8Array.of(1, 2, 3), 0b101);
    const conversion = { kind: 'constant', value: 9, otherwise: { kind: 'number' } } as const;
    expect(valuesOf(convertColumn(source, 3, new Int64(), conversion))).toEqual(['1', '9', '3']);
  });

  it('spells the keys and values of maps as recipes do', () => {
    const texts = textColumn(['k', 'l'], new Utf8());
    const entries = new Struct<{ key: DataType; value: DataType }>([
      new Field('key', new Utf8(), false),
      new Field('value', new Utf8(), true),
    ]);
    const source = makeColumn({
      type: new Map_(new Field('entries', entries, false)),
      layout: { kind: 'list', large: false },
      length: 2,
      offsets: Int32Array.of(0, 0, 2),
      children: [makeColumn({ type: entries, layout: { kind: 'struct' }, length: 2, children: [texts, texts] })],
    });
    const target = parseType('map<string, int8>') as DataType;
    const convert = (key: Conversion, value: Conversion) => () =>
      convertColumn(source, 2, target, { kind: 'map', key, value }, 'm');
    expect(convert({ kind: 'keep' }, { kind: 'text' })).toThrow('column m[value], row 1: "k" cannot become int8');
    const numbered = parseType('map<int8, int8>') as DataType;
    expect(() =>
      convertColumn(source, 2, numbered, { kind: 'map', key: { kind: 'text' }, value: { kind: 'null' } }, 'm'),
    ).toThrow('column m[key], row 1: "k" cannot become int8');
  });

  it('refuses a conversion that does not fit the types', () => {
    const source = numbers(new Int8(), Int8Array.of(1));
    for (const kind of ['keep', 'decimal', 'time'] as const)
      expect(() => convertColumn(source, 1, new Int16(), { kind })).toThrow(
        expect.objectContaining({ code: 'INTERNAL' }),
      );
    const absurd = makeColumn({
      type: new Decimal(2 ** 30, 38, 128),
      layout: { kind: 'fixed', width: 16 },
      length: 1,
      values: new Uint8Array(16),
    });
    for (const [to, kind] of [
      [new Int8(), 'decimal'],
      [new Utf8(), 'text'],
    ] as const)
      expect(() => convertColumn(absurd, 1, to, { kind })).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    expect(() => convertColumn(undefined, 1, new Int16(), { kind: 'keep' })).toThrow(
      'The conversion "keep" cannot make int16 from no column.',
    );
  });

  it('keeps the bits of a NaN on the way to float64, and the upper ones on the way down', () => {
    const nan = numbers(new Float16(), Uint16Array.of(0x7e01, 0xfe00));
    expect(valuesOf(convertColumn(nan, 2, new Float64(), { kind: 'number' }))).toEqual([
      '7ff8040000000000',
      'fff8000000000000',
    ]);
    const double = numbers(new Float64(), Float64Array.of(NaN, -0, Infinity));
    expect(valuesOf(convertColumn(double, 3, new Float32(), { kind: 'number' }))).toEqual([
      '7fc00000',
      '80000000',
      '7f800000',
    ]);
  });
});

describe('convertBatch', () => {
  const batch = {
    rows: 3,
    columns: [
      numbers(new Int64(), BigInt64Array.of(1n, 2n, 300n)),
      numbers(new Int64(), BigInt64Array.of(1n, -300n, 3n)),
    ],
  };

  it('makes the columns of the target in its order', () => {
    const schema = new Schema([
      new Field('c', new Utf8(), true),
      new Field('b', new Int16(), true),
      new Field('a', new Int64(), true),
    ]);
    const converted = convertBatch(batch, schema, [
      { source: undefined, conversion: { kind: 'null' } },
      { source: 1, conversion: { kind: 'number' } },
      { source: 0, conversion: { kind: 'keep' } },
    ]);
    expect(converted.columns.map(valuesOf)).toEqual([
      [null, null, null],
      ['1', '-300', '3'],
      ['1', '2', '300'],
    ]);
  });

  it('reports the lowest row, whatever its column', () => {
    const schema = new Schema([new Field('a', new Int8(), true), new Field('b', new Int8(), true)]);
    const columns = [0, 1].map((source) => ({ source, conversion: { kind: 'number' } as const }));
    expect(() => convertBatch(batch, schema, columns)).toThrow('column b, row 1: -300 cannot become int8 exactly');
    expect(() => convertBatch(batch, schema, columns, 2 ** 40)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ column: 'b', row: 2 ** 40 + 1 }) }),
    );
    expect(() => convertBatch(batch, schema, columns.slice(1))).toThrow('1 conversions for the 2 columns');
  });
});
