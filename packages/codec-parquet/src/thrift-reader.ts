import { BadContentError } from '@riffle/core';

/**
 * A reader for Thrift's compact protocol that returns positions instead of objects: what is not asked for is only
 * stepped over, nothing is allocated from a declared length, and unknown fields can be copied as they are.
 * Source: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

/** Type numbers of struct fields and list elements. `boolean` stands for both in a list; in a struct, 1 is true and 2 is false. */
export const thriftType = {
  true: 1,
  false: 2,
  byte: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
  uuid: 13,
} as const;

/** Where a value stands: its first byte, and the first byte after it. */
export interface ThriftValue {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** The fields of one struct by their id. */
export type ThriftFields = ReadonlyMap<number, ThriftValue>;

/** Deeper nesting than Parquet's metadata has anywhere; a limit for hostile bytes. */
const DEEPEST = 24;

function damaged(at: number): BadContentError {
  return new BadContentError(
    `Its metadata is damaged: no valid Thrift value at byte ${at} of the footer or page header.`,
    { kind: 'metadata' },
  );
}

/** An unsigned LEB128 number and its length. Beyond 2^53 the number is inexact. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  let scale = 1;
  for (let at = start; at < start + 10; at++) {
    const byte = bytes[at];
    if (byte === undefined) throw damaged(start);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
    scale *= 128;
  }
  throw damaged(start);
}

function varintEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at]! >= 0x80) at++;
  if (at >= bytes.length || at - start >= 10) throw damaged(start);
  return at + 1;
}

function skip(bytes: Uint8Array, type: number, start: number, depth: number): number {
  switch (type) {
    case thriftType.true:
    case thriftType.false:
      return start;
    case thriftType.byte:
      return start + 1;
    case thriftType.int16:
    case thriftType.int32:
    case thriftType.int64:
      return varintEnd(bytes, start);
    case thriftType.double:
      return start + 8;
    case thriftType.uuid:
      return start + 16;
    case thriftType.binary: {
      const { value, end } = readVarint(bytes, start);
      return end + value;
    }
    case thriftType.list:
    case thriftType.set: {
      if (depth > DEEPEST) throw damaged(start);
      const list = readListHeader(bytes, start);
      let at = list.start;
      for (let item = 0; item < list.count; item++) at = bounded(bytes, skipItem(bytes, list.type, at, depth + 1));
      return at;
    }
    case thriftType.struct: {
      if (depth > DEEPEST) throw damaged(start);
      return structEnd(bytes, start, depth + 1);
    }
    default:
      throw damaged(start);
  }
}

function structEnd(bytes: Uint8Array, start: number, depth: number): number {
  let at = start;
  for (;;) {
    const header = bytes[at++];
    if (header === undefined) throw damaged(start);
    if (header === 0) return at;
    if (header >> 4 === 0) at = varintEnd(bytes, at);
    at = bounded(bytes, skip(bytes, header & 15, at, depth));
  }
}

function skipItem(bytes: Uint8Array, type: number, start: number, depth: number): number {
  return type === thriftType.true || type === thriftType.false ? start + 1 : skip(bytes, type, start, depth);
}

function bounded(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw damaged(bytes.length);
  return end;
}

function readListHeader(
  bytes: Uint8Array,
  start: number,
): { readonly type: number; readonly count: number; readonly start: number } {
  const header = bytes[start];
  if (header === undefined) throw damaged(start);
  const short = header >> 4;
  const long = short === 15 ? readVarint(bytes, start + 1) : { value: short, end: start + 1 };
  // Every item takes a byte at least.
  if (long.value > bytes.length - long.end) throw damaged(start);
  return { type: header & 15, count: long.value, start: long.end };
}

/**
 * The fields of the struct that starts at `start`, and where it ends.
 * @throws BadContentError if the bytes are no struct.
 */
export function readFields(bytes: Uint8Array, start: number): { readonly fields: ThriftFields; readonly end: number } {
  const fields = new Map<number, ThriftValue>();
  let at = start;
  let id = 0;
  for (;;) {
    const header = bytes[at];
    if (header === undefined) throw damaged(at);
    at++;
    if (header === 0) return { fields, end: at };
    const type = header & 15;
    if (header >> 4 === 0) {
      const long = readVarint(bytes, at);
      id = unfold(long.value);
      at = long.end;
    } else {
      id += header >> 4;
    }
    const end = bounded(bytes, skip(bytes, type, at, 0));
    fields.set(id, { type, start: at, end });
    at = end;
  }
}

/** The zigzag code: 0, 1, 2, 3 … stand for 0, −1, 1, −2 … */
function unfold(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** A whole number, or undefined if the field is absent. @throws BadContentError if it is no integer or exceeds 2^52, as no size can. */
export function integerOf(bytes: Uint8Array, value: ThriftValue | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (value.type === thriftType.byte) return (bytes[value.start]! << 24) >> 24;
  if (value.type < thriftType.int16 || value.type > thriftType.int64) throw damaged(value.start);
  const folded = readVarint(bytes, value.start).value;
  if (!Number.isSafeInteger(folded)) throw damaged(value.start);
  return unfold(folded);
}

/** The bytes of a binary or text field, as a view. */
export function binaryOf(bytes: Uint8Array, value: ThriftValue | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined;
  if (value.type !== thriftType.binary) throw damaged(value.start);
  return bytes.subarray(readVarint(bytes, value.start).end, value.end);
}

const decoder = new TextDecoder();

export function textOf(bytes: Uint8Array, value: ThriftValue | undefined): string | undefined {
  const binary = binaryOf(bytes, value);
  return binary === undefined ? undefined : decoder.decode(binary);
}

/** The fields of a struct-typed field; none if it is absent. */
export function fieldsOf(bytes: Uint8Array, value: ThriftValue | undefined): ThriftFields {
  if (value === undefined) return new Map();
  if (value.type !== thriftType.struct) throw damaged(value.start);
  return readFields(bytes, value.start).fields;
}

/** The items of a list-typed field, in order; none if it is absent. */
export function itemsOf(bytes: Uint8Array, value: ThriftValue | undefined): ThriftValue[] {
  if (value === undefined) return [];
  if (value.type !== thriftType.list && value.type !== thriftType.set) throw damaged(value.start);
  const list = readListHeader(bytes, value.start);
  const items: ThriftValue[] = [];
  let start = list.start;
  for (let item = 0; item < list.count; item++) {
    const end = bounded(bytes, skipItem(bytes, list.type, start, 0));
    items.push({ type: list.type, start, end });
    start = end;
  }
  return items;
}
