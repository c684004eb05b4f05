import { schemaToBytes } from '@riffle/columnar';
import type { JsonValue } from '@riffle/core';
import createReader from '@riffle/reader-webdataset';
import { memoryFile, rowsOf, type CanonicalRow } from '@riffle/testkit';
import {
  Binary,
  DateDay,
  Field,
  Float32,
  Int32,
  Int64,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  makeData,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { expect, it } from 'vitest';
import createWriter from './index.ts';

const audio = new Struct([new Field('bytes', new Binary(), true), new Field('path', new Utf8(), true)]) as DataType;
const speech = {
  audio: [
    audio,
    [
      { bytes: Uint8Array.of(1, 2), path: 'a.wav' },
      null,
      { bytes: null, path: null },
      { bytes: new Uint8Array(0), path: 'ü' },
    ],
  ],
  text: [new Utf8(), ['größe', '', null, 'x'.repeat(600)]],
  speaker: [new Int32(), [1, null, -3, 4]],
} as const;

function batchOf(columns: Readonly<Record<string, readonly [DataType, readonly unknown[]]>>): RecordBatch {
  const fields = Object.entries(columns).map(([name, [type]]) => new Field(name, type, true));
  const children = Object.values(columns).map(([type, values]) => vectorFromArray(values as never[], type).data[0]!);
  const type = new Struct(fields);
  return new RecordBatch(new Schema(fields), makeData({ type, length: children[0]!.length, nullCount: 0, children }));
}

async function write(batch: RecordBatch, options?: JsonValue, firstRow?: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const target = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const shard = await createWriter(options).create(target, {
    schema: batch.schema,
    compression: 'none',
    rowGroupBytes: 2 ** 20,
    ...(firstRow === undefined ? {} : { place: { shard: 3, firstRow, rows: batch.numRows } }),
  });
  await shard.write(batch);
  await shard.close();
  return Buffer.concat(pieces);
}

async function read(bytes: Uint8Array, schema?: Schema): Promise<CanonicalRow[]> {
  const reader = createReader();
  const options = schema === undefined ? {} : { schema: schemaToBytes(schema) };
  const rows: CanonicalRow[] = [];
  for await (const batch of reader.read(memoryFile('/one.tar', bytes), 0, { targetBatchBytes: 2 ** 20, ...options }))
    rows.push(...rowsOf(batch));
  return rows;
}

it('columns become members as the option says, and come back without it', async () => {
  const batch = batchOf(speech);
  const bytes = await write(batch, { members: { 'audio.bytes': 'wav', text: 'txt' } });
  const seen = await read(bytes);
  expect(seen[0]).toEqual({
    __key__: '000000000',
    wav: 'hex:0102',
    txt: 'größe',
    json: '{"audio":{"path":"a.wav"},"speaker":1}',
  });
  expect(seen[1]).toMatchObject({ wav: null, txt: '', json: '{"audio":null,"speaker":null}' });
  expect(await read(bytes, batch.schema)).toEqual(rowsOf(batch));
});

it('keys are numbers of rows in the whole result', async () => {
  const seen = await read(await write(batchOf({ txt: [new Utf8(), ['one', 'two']] }), undefined, 1_000_000));
  expect(seen.map((row) => row['__key__'])).toEqual(['001000000', '001000001']);
});

it('values in the member json are spelled as in JSON lines', async () => {
  const batch = batchOf({
    day: [new DateDay(), [new Date('2024-02-29')]],
    weight: [new Float32(), [-0]],
    large: [new Int64(), [2n ** 60n + 1n]],
    raw: [new Binary(), [Uint8Array.of(251, 255)]],
  });
  const bytes = await write(batch);
  expect(await read(bytes)).toEqual([
    { __key__: '000000000', json: '{"day":"2024-02-29","weight":-0.0,"large":1152921504606846977}', raw: 'hex:fbff' },
  ]);
  expect(await read(bytes, batch.schema)).toEqual(rowsOf(batch));
});

it('rows without any member come back', async () => {
  const batch = batchOf({ wav: [new Binary(), [null, Uint8Array.of(1), null]] });
  expect(await read(await write(batch), batch.schema)).toEqual(rowsOf(batch));
});

it('keys are those of __key__, of any length', async () => {
  const keys = ['a/b', `ü/${'k'.repeat(120)}`];
  const batch = batchOf({ __key__: [new Utf8(), keys], txt: [new Utf8(), ['one', 'two']] });
  const bytes = await write(batch);
  expect((await read(bytes)).map((row) => row['__key__'])).toEqual(keys);
  expect(await read(bytes, batch.schema)).toEqual(rowsOf(batch));
});

it('a column json of text is the member, and is one of its members beside others', async () => {
  const json = [new Utf8(), ['{"a": 1}', null]] as const;
  for (const batch of [batchOf({ json }), batchOf({ json, other: [new Int32(), [1, 2]] })])
    expect(await read(await write(batch), batch.schema)).toEqual(rowsOf(batch));
});

it.each([
  ['a.b', /no key/],
  ['', /no key/],
  [null, /no key/],
  ['a\nb', /no key/],
])('the key %j is refused', async (key, message) => {
  await expect(write(batchOf({ __key__: [new Utf8(), [key]] }))).rejects.toThrow(message);
});

it('equal keys side by side are refused', async () => {
  await expect(write(batchOf({ __key__: [new Utf8(), ['a', 'a']] }))).rejects.toThrow(/would be one sample/);
});

it.each([
  [{ members: { nothing: 'wav' } }, /no column is called so/],
  [{ members: { audio: 'wav' } }, /neither bytes nor text/],
  [{ members: { text: 'json' } }, /ending json/],
  [{ members: { text: 'wav', 'audio.bytes': 'wav' } }, /the same ending/],
])('the option %j does not fit', async (options, message) => {
  await expect(write(batchOf(speech), options)).rejects.toMatchObject({
    code: 'RECIPE_INVALID',
    message: expect.stringMatching(message),
  });
});

it('refuses other options and compression', async () => {
  expect(() => createWriter({ any: 1 })).toThrow(/cannot use its options/);
  const { schema } = batchOf(speech);
  await expect(
    createWriter().create({ write: async () => undefined }, { schema, compression: 'zstd', rowGroupBytes: 1 }),
  ).rejects.toThrow(/--compression none/);
});
