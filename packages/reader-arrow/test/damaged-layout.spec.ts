import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isBadContent } from '@riffle/core';
import { makeBatch, memoryFile } from '@riffle/testkit';
import {
  Field,
  FixedSizeList,
  Int32,
  Int8,
  List,
  Null,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { Block } from 'apache-arrow/fb/block';
import { Footer } from 'apache-arrow/fb/footer';
import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import createArrowReader from '../src/index.ts';
import { changedBatch, type ChangedHeader } from './files/changed-batch.ts';
import { readAll } from './files/outcome.ts';

const ROWS = 40;
const columns: readonly [string, DataType][] = [
  ['id', new Int32()],
  ['text', new Utf8()],
  ['nothing', new Null()],
  ['codes', new List(new Field('item', new Int8(), true))],
  ['pair', new FixedSizeList(2, new Field('item', new Int8(), true))],
  ['part', new Struct([new Field('inner', new Int8(), true)]) as DataType],
];
const schema = new Schema(columns.map(([name, type]) => new Field(name, type, true)));
const stream = tableToIPC(new Table(schema, [makeBatch(schema, { rows: ROWS, seed: 1, nullShare: 0.2 })]), 'stream');
/** Of the columns above, in the order of the nodes. */
const [ID, TEXT, NOTHING, , ITEM, , PAIR_ITEM, , INNER] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

type Header = Parameters<Parameters<typeof changedBatch>[1]>[0];
const withNode =
  (which: number, change: (node: { length: number; nullCount: number }) => { length?: number; nullCount?: number }) =>
  ({ nodes }: Header): ChangedHeader => ({
    nodes: nodes.map((node, index) =>
      index === which ? { length: node.length, nullCount: node.nullCount, ...change(node) } : node,
    ),
  });
const withBuffer =
  (which: number, change: (buffer: { offset: number; length: number }) => { offset?: number; length?: number }) =>
  ({ buffers }: Header): ChangedHeader => ({
    buffers: buffers.map((buffer, index) =>
      index === which ? { offset: buffer.offset, length: buffer.length, ...change(buffer) } : buffer,
    ),
  });

it('an unchanged batch is read', async () => {
  expect(await readAll(changedBatch(stream, () => ({})))).toEqual(await readAll(stream));
  expect(await readAll(stream)).toHaveLength(ROWS);
});

describe('what the batch says of its columns is compared with its rows before anything is decoded', () => {
  it.each<[string, (header: Header) => ChangedHeader, string]>([
    ['a column of more values', withNode(ID, () => ({ length: 2 ** 30 })), 'id'],
    ['a column of fewer values', withNode(ID, ({ length }) => ({ length: length - 1 })), 'id'],
    ['text of fewer values', withNode(TEXT, () => ({ length: 0, nullCount: 0 })), 'text'],
    ['nulls of more values', withNode(NOTHING, () => ({ length: 2 ** 31 - 1 })), 'nothing'],
    ['nulls of fewer values', withNode(NOTHING, () => ({ length: 3 })), 'nothing'],
    ['more nulls than values', withNode(ID, ({ length }) => ({ nullCount: length + 1 })), 'id'],
    ['a negative length', withNode(ID, () => ({ length: -1 })), 'id'],
    [
      'a list of fewer elements than its offsets name',
      withNode(ITEM, ({ length }) => ({ length: length - 1, nullCount: 0 })),
      'codes',
    ],
    ['a list of more elements than it has bytes', withNode(ITEM, () => ({ length: 2 ** 24 })), 'codes'],
    [
      'a fixed-size list of fewer elements',
      withNode(PAIR_ITEM, () => ({ length: 2 * ROWS - 1, nullCount: 0 })),
      'pair',
    ],
    ['a field of a struct of fewer values', withNode(INNER, () => ({ length: ROWS - 1, nullCount: 0 })), 'part.inner'],
    ['a buffer that is too short', withBuffer(1, ({ length }) => ({ length: length - 8 })), 'id'],
  ])('%s', async (_, change, column) => {
    const { buffer } = changedBatch(stream, change);
    const before = process.memoryUsage().arrayBuffers;
    const error: unknown = await readAll(new Uint8Array(buffer)).catch((reason: unknown) => reason);
    expect(isBadContent(error)).toBe(true);
    expect((error as Error).message).toContain(column);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 23);
  });

  it.each<[string, (header: Header) => ChangedHeader]>([
    ['a column without a node', ({ nodes }) => ({ nodes: nodes.slice(0, -1) })],
    ['a node without a column', ({ nodes }) => ({ nodes: [...nodes, nodes[0]!] })],
    ['a column without its buffers', ({ buffers }) => ({ buffers: buffers.slice(0, -1) })],
    ['a buffer without a column', ({ buffers }) => ({ buffers: [...buffers, { offset: 0, length: 0 }] })],
    ['a buffer past the end of the body', withBuffer(1, ({ offset }) => ({ offset: offset + 2 ** 20 }))],
    ['a buffer longer than the body', withBuffer(1, () => ({ length: 2 ** 20 }))],
    ['a buffer before the body', withBuffer(1, () => ({ offset: -8 }))],
    // Values of one column are given as those of another.
    [
      'buffers in each other',
      ({ buffers }) => withBuffer(buffers.length - 1, () => ({ offset: buffers[1]!.offset }))({ buffers } as Header),
    ],
  ])('%s', async (_, change) => {
    const error: unknown = await readAll(changedBatch(stream, change)).catch((reason: unknown) => reason);
    expect(isBadContent(error)).toBe(true);
  });

  it('rows of nothing, more than the file could hold, are refused by the survey', async () => {
    const nulls = new Schema([new Field('nothing', new Null(), true)]);
    const one = tableToIPC(new Table(nulls, [makeBatch(nulls, { rows: 5, seed: 1, nullShare: 0 })]), 'stream');
    const length = 2 ** 31 - 1;
    const bytes = changedBatch(one, () => ({ length, nodes: [{ length, nullCount: length }] }));
    const surveyed = createArrowReader().survey(memoryFile('/nulls.arrow', bytes));
    await expect(surveyed).rejects.toMatchObject({
      code: 'BAD_CONTENT',
      message: expect.stringContaining('2147483647 rows'),
    });
  });
});

describe('a footer', () => {
  const batches = [1, 2].map((seed) => makeBatch(schema, { rows: ROWS, seed, nullShare: 0.2 }));
  const bytes = tableToIPC(new Table(schema, batches), 'file');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 10, true);
  const at = bytes.length - 10 - length;
  const footer = Footer.getRootAsFooter(new ByteBuffer(bytes.subarray(at, at + length)));
  const [one, other] = [footer.recordBatches(0, new Block())!, footer.recordBatches(1, new Block())!];

  it('as it is written is read', async () => {
    expect(await readAll(bytes)).toHaveLength(2 * ROWS);
  });

  it('of a file that begins at a multiple of 64 bytes, as arrow-rs writes it, is read', async () => {
    const sound = readFileSync(fileURLToPath(new URL('files/lz4.arrow', import.meta.url)));
    const shift = 64 - 8;
    const shifted = new Uint8Array(Buffer.concat([sound.subarray(0, 8), Buffer.alloc(shift), sound.subarray(8)]));
    const footerBytes = sound.readUInt32LE(sound.length - 10);
    const footerAt = shifted.length - 10 - footerBytes;
    const own = Footer.getRootAsFooter(new ByteBuffer(shifted.subarray(footerAt, footerAt + footerBytes)));
    const blocks = [own.dictionaries(0, new Block())!, own.recordBatches(0, new Block())!];
    const view = new DataView(shifted.buffer);
    for (const { bb_pos: place } of blocks)
      view.setBigInt64(footerAt + place, view.getBigInt64(footerAt + place, true) + BigInt(shift), true);
    expect(await readAll(shifted)).toEqual(await readAll(new Uint8Array(sound)));
  });

  it('that names a batch twice is refused', async () => {
    const twice = Uint8Array.from(bytes);
    twice.copyWithin(at + other.bb_pos, at + one.bb_pos, at + one.bb_pos + 24);
    await expect(readAll(twice)).rejects.toMatchObject({
      code: 'BAD_CONTENT',
      message: expect.stringMatching(/footer.*share/),
    });
  });

  it.each([
    [1, 'that leaves out a batch'],
    [0, 'that leaves out all'],
    [2 ** 28, 'that declares more batches than it has bytes'],
  ])('with the number %i: %s', async (number) => {
    const fewer = Uint8Array.from(bytes);
    new DataView(fewer.buffer).setUint32(at + one.bb_pos - 4, number, true);
    await expect(readAll(fewer)).rejects.toMatchObject({ code: 'BAD_CONTENT' });
  });
});
