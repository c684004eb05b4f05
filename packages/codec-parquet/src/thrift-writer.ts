import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
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

/** A whole number of at most 64 bits. */
export function integerPart(
  id: number,
  type: typeof thriftType.int32 | typeof thriftType.int64,
  value: number,
): ThriftPart {
  const writer = new ByteWriter(16);
  writer.appendZigZag(BigInt(value));
  return { id, type, content: writer.getBytes() };
}

export function textPart(id: number, text: string): ThriftPart {
  const utf8 = new TextEncoder().encode(text);
  const writer = new ByteWriter(utf8.length + 8);
  writer.appendVarInt(utf8.length);
  writer.appendBytes(utf8);
  return { id, type: thriftType.binary, content: writer.getBytes() };
}

export function structPart(id: number, parts: readonly ThriftPart[]): ThriftPart {
  return { id, type: thriftType.struct, content: structBytes(parts) };
}

/** A list of items of one type, each given as its bytes. */
export function listPart(id: number, itemType: number, items: readonly Uint8Array[]): ThriftPart {
  const writer = new ByteWriter(items.reduce((sum, item) => sum + item.length, 8));
  if (items.length < 15) {
    writer.appendUint8((items.length << 4) | itemType);
  } else {
    writer.appendUint8((15 << 4) | itemType);
    writer.appendVarInt(items.length);
  }
  for (const item of items) writer.appendBytes(item);
  return { id, type: thriftType.list, content: writer.getBytes() };
}

/** A struct with its end mark. Parts may come in any order. */
export function structBytes(parts: readonly ThriftPart[]): Uint8Array {
  const ordered = parts.toSorted((left, right) => left.id - right.id);
  const writer = new ByteWriter(ordered.reduce((sum, part) => sum + part.content.length + 4, 1));
  let last = 0;
  for (const { id, type, content } of ordered) {
    if (id - last > 15) {
      writer.appendUint8(type);
      writer.appendZigZag(id);
    } else {
      writer.appendUint8(((id - last) << 4) | type);
    }
    writer.appendBytes(content);
    last = id;
  }
  writer.appendUint8(0);
  return writer.getBytes();
}
