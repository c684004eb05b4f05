import { DataType, type Data, type Field } from 'apache-arrow';
import { badValue } from './bad-content.ts';
import type { ColumnSource } from './build-column.ts';
import { copyBytes } from './copy-bytes.ts';
import { makeAny } from './make-any.ts';

/** Numbers, or arrays of one shape around them, of bytes that are the numbers one after the other. */
function numbers(type: DataType, length: number, buffer: ArrayBuffer): Data {
  if (!DataType.isFixedSizeList(type)) {
    const { ArrayType } = type as { ArrayType: { new (buffer: ArrayBuffer): ArrayBufferView } };
    return makeAny({ type, length, nullCount: 0, data: new ArrayType(buffer) });
  }
  const child = numbers((type.children[0] as Field).type as DataType, length * type.listSize, buffer);
  return makeAny({ type, length, nullCount: 0, child });
}

export function fixedColumn({ bytes, starts, plan: { field, form } }: ColumnSource): Data {
  const size = form.size!;
  const data = new Uint8Array(starts.length * size);
  for (let row = 0; row < starts.length; row++) copyBytes(bytes, starts[row]!, size, data, row * size);
  return numbers(field.type as DataType, starts.length, data.buffer);
}

export function boolColumn({ bytes, starts, plan: { field, name }, firstRow }: ColumnSource): Data {
  const data = new Uint8Array((starts.length + 7) >> 3);
  for (let row = 0; row < starts.length; row++) {
    const value = bytes[starts[row]!]!;
    if (value > 1) throw badValue(firstRow + row, name, `${value} is neither 0 nor 1`);
    data[row >> 3]! |= value << (row & 7);
  }
  return makeAny({ type: field.type as DataType, length: starts.length, nullCount: 0, data });
}
