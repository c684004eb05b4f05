import { thriftInteger } from './thrift-fields.ts';

/** Types of the Thrift compact protocol that Parquet's footers and page headers are made of. */
export const thriftType = { int32: 5, int64: 6, binary: 8, list: 9, struct: 12 } as const;

/** One field of a struct: its number, its type, and its value's bytes. */
export interface ThriftField {
  readonly id: number;
  readonly type: number;
  readonly bytes: Uint8Array;
}

function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

export const int32 = (id: number, value: number): ThriftField => ({ id, type: 5, bytes: thriftInteger(value) });
export const int64 = (id: number, value: number): ThriftField => ({ id, type: 6, bytes: thriftInteger(value) });

export function text(id: number, value: string): ThriftField {
  const bytes = Buffer.from(value);
  return { id, type: thriftType.binary, bytes: Buffer.concat([unsigned(bytes.length), bytes]) };
}

export function struct(id: number, fields: readonly ThriftField[]): ThriftField {
  return { id, type: thriftType.struct, bytes: structBytes(fields) };
}

/** A list of less than 15 items, each given as its bytes. */
export function list(id: number, itemType: number, items: readonly Uint8Array[]): ThriftField {
  if (items.length > 14) throw new Error('Longer lists are written in another way.');
  return { id, type: thriftType.list, bytes: Buffer.concat([Uint8Array.of((items.length << 4) | itemType), ...items]) };
}

/** The head of a field: how far its number is from the one before, or itself where that is too far. */
function fieldHead(id: number, last: number, type: number): Uint8Array {
  return id - last <= 15 ? Uint8Array.of(((id - last) << 4) | type) : Uint8Array.of(type, ...thriftInteger(id));
}

/** A struct with its end mark. Fields may come in any order. */
export function structBytes(fields: readonly ThriftField[]): Uint8Array {
  const ordered = fields.toSorted((one, other) => one.id - other.id);
  const parts = ordered.flatMap(({ id, type, bytes }, index) => [
    fieldHead(id, ordered[index - 1]?.id ?? 0, type),
    bytes,
  ]);
  return Buffer.concat([...parts, Uint8Array.of(0)]);
}
