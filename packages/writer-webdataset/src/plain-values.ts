import { DataType, type Data } from 'apache-arrow';

/** Whether the value in a row is not null. */
export function isPresent(data: Data, row: number): boolean {
  const { nullBitmap, offset } = data as { readonly nullBitmap?: Uint8Array; readonly offset: number };
  if (nullBitmap === undefined || nullBitmap.length === 0) return true;
  return (nullBitmap[(offset + row) >> 3]! & (1 << ((offset + row) & 7))) !== 0;
}

/** The bytes of a value as a member has them: of text and binary as a view, of whole numbers as digits. */
export function plainBytes(data: Data, row: number): Buffer {
  if (DataType.isInt(data.type)) return Buffer.from(String((data.values as Int32Array | BigInt64Array)[row]));
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  const values = data.values as Uint8Array;
  const start = Number(offsets[row]);
  return Buffer.from(values.buffer, values.byteOffset + start, Number(offsets[row + 1]) - start);
}
