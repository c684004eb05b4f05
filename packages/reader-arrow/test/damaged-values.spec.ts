import { isBadContent } from '@riffle/core';
import { makeBatch } from '@riffle/testkit';
import {
  Data,
  Dictionary,
  Field,
  Int32,
  Int8,
  LargeList,
  LargeUtf8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  Utf8View,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { expect, it } from 'vitest';
import { changedBatch } from './files/changed-batch.ts';
import { readAll } from './files/outcome.ts';

const batchOf = (child: Data) => {
  const schema = new Schema([new Field('value', child.type as DataType, true)]);
  const struct = makeData({ type: new Struct(schema.fields), length: child.length, nullCount: 0, children: [child] });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, struct)]), 'stream');
};
const made = (type: DataType) => {
  const schema = new Schema([new Field('value', type, false)]);
  return tableToIPC(new Table(schema, [makeBatch(schema, { rows: 40, seed: 1, nullShare: 0 })]), 'stream');
};
/** The stream with other bytes at a place of one of its buffers. */
const changed = (stream: Uint8Array, buffer: number, at: number, bytes: readonly number[]) =>
  changedBatch(
    stream,
    () => ({}),
    (body, { buffers }) => body.set(bytes, buffers[buffer]!.offset + at),
  );

const views = (values: readonly string[], nullBitmap?: Uint8Array) => {
  const bytes = Buffer.alloc(16 * values.length);
  const long: Buffer[] = [];
  for (const [row, value] of values.entries()) {
    const text = Buffer.from(value);
    bytes.writeInt32LE(text.length, 16 * row);
    if (text.length <= 12) text.copy(bytes, 16 * row + 4);
    else {
      text.copy(bytes, 16 * row + 4, 0, 4);
      bytes.writeInt32LE(Buffer.concat(long).length, 16 * row + 12);
      long.push(text);
    }
  }
  return makeData({
    type: new Utf8View(),
    length: values.length,
    ...(nullBitmap === undefined ? { nullCount: 0 } : { nullBitmap }),
    views: new Uint8Array(bytes),
    variadicBuffers: [new Uint8Array(Buffer.concat(long))],
  } as never) as Data;
};

const LONG = 'a text of more than twelve bytes';
const words = (indices: readonly number[], values: readonly string[]) => {
  const type = new Dictionary(new Utf8(), new Int32(), 3);
  const dictionary = vectorFromArray(values, new Utf8());
  return makeData({ type, length: indices.length, nullCount: 0, data: Int32Array.from(indices), dictionary });
};

it('sound values are read', async () => {
  const rows = await readAll(batchOf(views(['short', LONG, 'ü'])));
  expect(rows.map(({ value }) => value)).toEqual(['short', LONG, 'ü']);
  expect((await readAll(batchOf(words([1, 0, 1], ['a', 'b'])))).map(({ value }) => value)).toEqual(['b', 'a', 'b']);
});

it('what stands under a null does not matter', async () => {
  const rows = await readAll(
    changed(batchOf(views(['short', LONG, 'ü'], Uint8Array.of(0b101))), 1, 16, [255, 255, 255, 255]),
  );
  expect(rows.map(({ value }) => value)).toEqual(['short', null, 'ü']);
});

it.each<[string, () => Uint8Array, string]>([
  [
    'offsets of a large list that descend',
    () => changed(made(new LargeList(new Field('item', new Int8(), true))), 1, 8, [255, 0, 0, 0, 0, 0, 0, 0]),
    'value',
  ],
  [
    'offsets of a large list beyond its elements',
    () => changed(made(new LargeList(new Field('item', new Int8(), true))), 1, 320, [255, 255, 0, 0, 0, 0, 0, 0]),
    'value',
  ],
  ['large text that is not UTF-8', () => changed(made(new LargeUtf8()), 2, 0, [0xff]), 'UTF-8'],
  ['an index past its dictionary', () => batchOf(words([0, 1, 2], ['a', 'b'])), 'row 2'],
  ['an index before its dictionary', () => batchOf(words([0, -1], ['a', 'b'])), 'row 1'],
  ['a short view that is not UTF-8', () => changed(batchOf(views(['short', LONG])), 1, 4, [0xff]), 'UTF-8'],
  ['a long view that is not UTF-8', () => changed(batchOf(views(['short', LONG])), 2, 20, [0xff]), 'UTF-8'],
  ['a view of a negative length', () => changed(batchOf(views(['short', LONG])), 1, 0, [255, 255, 255, 255]), 'row 0'],
  ['a view past its buffer', () => changed(batchOf(views(['short', LONG])), 1, 28, [1]), 'row 1'],
  ['a view of a buffer that there is not', () => changed(batchOf(views(['short', LONG])), 1, 24, [1]), 'row 1'],
  [
    'a long word, named often',
    () =>
      batchOf(
        words(
          Array.from({ length: 100_000 }, () => 0),
          ['x'.repeat(10_000)],
        ),
      ),
    'over and over',
  ],
])('%s', async (_, make, part) => {
  const error: unknown = await readAll(make()).catch((reason: unknown) => reason);
  expect(isBadContent(error)).toBe(true);
  expect((error as Error).message).toContain(part);
});
