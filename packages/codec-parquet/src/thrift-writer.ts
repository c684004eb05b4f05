import { thriftType, type ThriftFields } from './thrift-reader.ts';

/** The content of a field to be written: its type number and its bytes without the field header. */
export interface ThriftPart {
  readonly id: number;
  readonly type: number;
  readonly content: Uint8Array;
}

/** The fields of a struct with these ids, taken over as they stand. */
export function copiedParts(bytes: Uint8Array, fields: ThriftFields, ids: readonly number[]): ThriftPart[] {
  const parts: ThriftPart[] = [];
  for (const id of ids) {
    const value = fields.get(id);
    if (value !== undefined) parts.push({ id, type: value.type, content: bytes.subarray(value.start, value.end) });
  }
  return parts;
}

/** Bytes of the longest number. */
const LONGEST_VARINT = 10;

/** Writes an unsigned LEB128 number; returns the position after it. */
function putVarint(target: Uint8Array, start: number, value: number): number {
  let rest = value;
  let at = start;
  while (rest >= 128) {
    target[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  target[at++] = rest;
  return at;
}

/** Small pieces come from Node's pool: a footer of a wide file has tens of thousands of them. */
function allocate(length: number): Uint8Array {
  return Buffer.allocUnsafe(length);
}

/** A whole number between −2^52 and 2^52. */
export function integerPart(
  id: number,
  type: typeof thriftType.int32 | typeof thriftType.int64,
  value: number,
): ThriftPart {
  const content = allocate(LONGEST_VARINT);
  return { id, type, content: content.subarray(0, putVarint(content, 0, value < 0 ? -2 * value - 1 : 2 * value)) };
}

export function textPart(id: number, text: string): ThriftPart {
  const length = Buffer.byteLength(text);
  const content = Buffer.allocUnsafe(length + LONGEST_VARINT);
  const start = putVarint(content, 0, length);
  content.write(text, start);
  return { id, type: thriftType.binary, content: content.subarray(0, start + length) };
}

export function structPart(id: number, parts: readonly ThriftPart[]): ThriftPart {
  return { id, type: thriftType.struct, content: structBytes(parts) };
}

/** A list of items of one type, each given as its bytes. */
export function listPart(id: number, itemType: number, items: readonly Uint8Array[]): ThriftPart {
  const content = allocate(items.reduce((sum, item) => sum + item.length, 1 + LONGEST_VARINT));
  let at = 1;
  content[0] = (Math.min(items.length, 15) << 4) | itemType;
  if (items.length >= 15) at = putVarint(content, at, items.length);
  for (const item of items) {
    content.set(item, at);
    at += item.length;
  }
  return { id, type: thriftType.list, content: content.subarray(0, at) };
}

/** A struct with its end mark. Parts may come in any order. */
export function structBytes(parts: readonly ThriftPart[]): Uint8Array {
  const ordered = parts.toSorted((left, right) => left.id - right.id);
  const target = allocate(ordered.reduce((sum, part) => sum + part.content.length + 1 + LONGEST_VARINT, 1));
  let at = 0;
  let last = 0;
  for (const { id, type, content } of ordered) {
    if (id - last > 15) {
      target[at++] = type;
      at = putVarint(target, at, 2 * id);
    } else {
      target[at++] = ((id - last) << 4) | type;
    }
    target.set(content, at);
    at += content.length;
    last = id;
  }
  target[at++] = 0;
  return target.subarray(0, at);
}
