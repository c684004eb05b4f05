import { createCipheriv } from 'node:crypto';
import {
  Binary,
  Field,
  Float64,
  Int8,
  Int32,
  Int64,
  List,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  makeData,
  type Data,
} from 'apache-arrow';

/** A batch of the given columns. Fields are nullable. */
export function batchOf(columns: Readonly<Record<string, Data>>, metadata?: ReadonlyMap<string, string>): RecordBatch {
  const fields = Object.entries(columns).map(([name, data]) => new Field(name, data.type, true));
  const length = Object.values(columns)[0]!.length;
  const schema = new Schema(fields, new Map(metadata ?? []));
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(fields), length, nullCount: 0, children: Object.values(columns) }),
  );
}

export function integers(length: number, valueOf: (index: number) => number): Data<Int32> {
  return makeData({
    type: new Int32(),
    length,
    nullCount: 0,
    data: Int32Array.from({ length }, (_, index) => valueOf(index)),
  });
}

export function longs(length: number, valueOf: (index: number) => number): Data<Int64> {
  return makeData({
    type: new Int64(),
    length,
    nullCount: 0,
    data: BigInt64Array.from({ length }, (_, index) => BigInt(valueOf(index))),
  });
}

export function doubles(length: number, valueOf: (index: number) => number): Data<Float64> {
  return makeData({
    type: new Float64(),
    length,
    nullCount: 0,
    data: Float64Array.from({ length }, (_, index) => valueOf(index)),
  });
}

export function texts(length: number, valueOf: (index: number) => string): Data<Utf8> {
  const { offsets, bytes } = joined(Array.from({ length }, (_, index) => Buffer.from(valueOf(index))));
  return makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets: offsets, data: bytes });
}

export function binaries(length: number, valueOf: (index: number) => Uint8Array): Data<Binary> {
  const { offsets, bytes } = joined(Array.from({ length }, (_, index) => valueOf(index)));
  return makeData({ type: new Binary(), length, nullCount: 0, valueOffsets: offsets, data: bytes });
}

/** `length` lists of `each` integers. */
export function integerLists(length: number, each: number, valueOf: (index: number) => number): Data<List<Int32>> {
  const valueOffsets = Int32Array.from({ length: length + 1 }, (_, index) => index * each);
  return makeData({
    type: new List(new Field('item', new Int32(), true)),
    length,
    nullCount: 0,
    valueOffsets,
    child: integers(length * each, valueOf),
  });
}

/** Lists of `each` bytes, all zero. */
export function zeroLists(length: number, each: number): Data<List<Int8>> {
  const type = new List(new Field('item', new Int8(), true));
  const child = makeData({ type: new Int8(), length: length * each, nullCount: 0, data: new Int8Array(length * each) });
  const valueOffsets = Int32Array.from({ length: length + 1 }, (_, index) => index * each);
  return makeData({ type, length, nullCount: 0, valueOffsets, child });
}

export function structOf(children: Readonly<Record<string, Data>>): Data<Struct> {
  const type = new Struct(Object.entries(children).map(([name, data]) => new Field(name, data.type, true)));
  return makeData({
    type,
    length: Object.values(children)[0]!.length,
    nullCount: 0,
    children: Object.values(children),
  });
}

/** Bytes that no codec makes smaller (a cipher's key stream); the same for the same seed. */
export function noise(length: number, seed: number): Uint8Array {
  const counter = Buffer.alloc(16);
  counter.writeUInt32LE(seed);
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, 'riffle'), counter).update(Buffer.alloc(length));
}

function joined(parts: readonly Uint8Array[]): { readonly offsets: Int32Array; readonly bytes: Uint8Array } {
  const offsets = new Int32Array(parts.length + 1);
  for (const [index, part] of parts.entries()) offsets[index + 1] = offsets[index]! + part.length;
  return { offsets, bytes: Buffer.concat(parts) };
}
