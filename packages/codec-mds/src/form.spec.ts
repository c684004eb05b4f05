import {
  Binary,
  Bool,
  DataType,
  Decimal,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Int32,
  LargeList,
  List,
  Struct,
  TimestampSecond,
  Uint16,
  Utf8,
} from 'apache-arrow';
import { expect, it } from 'vitest';
import { formOf, isSplit, knownEncoding } from './index.ts';

const item = (type: DataType) => new Field('item', type, true);
const struct = (type: DataType): DataType => new Struct([new Field('a', type, true)]);

it.each([
  [new Uint16(), 'uint16', 2],
  [new Float16(), 'float16', 2],
  [new Bool(), 'uint8', 1],
  [new Utf8(), 'str', null],
  [new FixedSizeBinary(7), 'bytes', null],
  [new Decimal(2, 9, 128), 'str_decimal', null],
  [new TimestampSecond('UTC'), 'str', null],
  [new LargeList(item(new Int32())), 'ndarray:int32', null],
  [new FixedSizeList(2, item(new FixedSizeList(3, item(new Uint16())))), 'ndarray:uint16:2,3', 12],
  [new List(item(new Utf8())), 'json', null],
  [new List(item(new List(item(new Int32())))), 'json', null],
  [struct(new Utf8()), 'json', null],
] as [DataType, string, number | null][])('%s is written as %s', (type, encoding, size) => {
  expect(formOf(type)).toMatchObject({ encoding, size });
});

it('byte strings are written by themselves and out of structs, and nowhere else', () => {
  expect(formOf(new Binary())!.encoding).toBe('bytes');
  expect([isSplit(struct(new Binary())), formOf(struct(new Binary()))]).toEqual([true, undefined]);
  expect([isSplit(new List(item(new Binary()))), formOf(new List(item(new Binary())))]).toEqual([false, undefined]);
});

it('every encoding that is written alone tells a type of the same size', () => {
  for (const encoding of ['int8', 'uint64', 'float16', 'ndarray:int64', 'ndarray:float32:4,1', 'str', 'bytes'])
    expect(formOf(knownEncoding(encoding)!.type)).toMatchObject({ encoding, size: knownEncoding(encoding)!.form.size });
});

it.each([
  'pkl',
  'pil',
  'ndarray',
  'ndarray:complex64',
  'ndarray:int8:0',
  'ndarray:int8:65536,65536',
  'int8:1',
  'jpeg:1:2',
  '',
  'toString',
])('%j is not read', (encoding) => {
  expect(knownEncoding(encoding)).toBeUndefined();
});

it.each([
  ['jpeg:90', 'Binary'],
  ['json', 'Utf8'],
  ['int', 'Int64'],
])('%s is read as %s', (encoding, type) => {
  expect(String(knownEncoding(encoding)!.type)).toBe(type);
});
