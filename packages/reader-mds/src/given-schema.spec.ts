import { schemaToBytes } from '@riffle/columnar';
import { isBadContent } from '@riffle/core';
import { memoryFile, rowsOf } from '@riffle/testkit';
import {
  Binary,
  Bool,
  DateDay,
  Field,
  Int32,
  Int8,
  LargeUtf8,
  Schema,
  Struct,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { expect, it } from 'vitest';
import { handmadeShard, text, type HandmadeColumn } from '../test/handmade.ts';
import createReader from './index.ts';

const column = (name: string, encoding: string, size: number | null, ...values: Buffer[]): HandmadeColumn => ({
  name,
  encoding,
  size,
  values,
});
const schemaOf = (fields: Readonly<Record<string, DataType>>) =>
  new Schema(Object.entries(fields).map(([name, type]) => new Field(name, type, true)));

async function readAs(columns: readonly HandmadeColumn[], schema: Schema): Promise<unknown[] | string> {
  const reader = createReader();
  const file = memoryFile('/a.mds', handmadeShard(columns));
  const given = schemaToBytes(schema);
  const rows: unknown[] = [];
  try {
    expect((await reader.survey(file, { schema: given })).schema).toBe(given);
    for await (const batch of reader.read(file, 0, { schema: given, targetBatchBytes: 2 ** 20 })) {
      expect(String(batch.schema)).toBe(String(schema));
      rows.push(...rowsOf(batch));
    }
  } catch (error) {
    if (!isBadContent(error)) throw error;
    return error.message;
  }
  return rows;
}

it('columns come in the order of the schema, split structs whole', async () => {
  const audio = new Struct([
    new Field('path', new LargeUtf8(), true),
    new Field('bytes', new Binary(), true),
  ]) as DataType;
  const columns = [
    column('audio.bytes', 'bytes', null, Buffer.from([1, 2])),
    column('audio.path', 'json', null, text('null')),
    column('day', 'str', null, text('2024-02-29')),
    column('flag', 'uint8', 1, Buffer.from([1])),
  ];
  expect(await readAs(columns, schemaOf({ flag: new Bool(), audio, day: new DateDay() }))).toEqual([
    { flag: true, audio: { path: null, bytes: 'hex:0102' }, day: '19782' },
  ]);
});

it.each([
  ['missing', schemaOf({ a: new Int32(), b: new Int32() }), 'b is missing'],
  ['too many', schemaOf({ b: new Int32() }), 'b is missing'],
  ['of another type', schemaOf({ a: new Utf8() }), 'a is int32, which is not for string'],
  ['not all', new Schema([]), 'there is none called a'],
])('columns that are %s are bad content', async (_, schema, message) => {
  expect(await readAs([column('a', 'int32', 4, Buffer.alloc(4))], schema)).toBe(
    `It has other columns than it must: ${message}.`,
  );
});

it.each([
  [new Bool(), column('a', 'uint8', 1, Buffer.from([2])), 'column a: 2 is neither 0 nor 1'],
  [new DateDay(), column('a', 'str', null, text('2023-02-29')), 'column a: "2023-02-29" is no'],
  [new Int8(), column('a', 'json', null, text('300')), 'column a: 300 is no int8'],
  [new Int8(), column('a', 'json', null, text('{')), 'column a: it is no JSON'],
  [
    new Struct([new Field('x', new Int8(), true)]) as DataType,
    column('a', 'json', null, text('{"x": "y"}')),
    'column a.x: "y" is no int8',
  ],
])('what is no %s is bad content', async (type, values, message) => {
  expect(await readAs([values], schemaOf({ a: type }))).toContain(`Row 0, counted from 0, ${message}`);
});
