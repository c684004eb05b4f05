import { DataType, type Data } from 'apache-arrow';

/** A value without its layout: fixed-width values, text and binary are bytes; lists have their elements, structs their fields. */
export type Value = null | boolean | Uint8Array | readonly Value[];

/** Value `row` of a column, read without any kernel. */
export function valueAt(data: Data, row: number): Value {
  const type: DataType = data.type;
  const bitmap = data.nullBitmap as Uint8Array | undefined;
  if (DataType.isNull(type) || (bitmap !== undefined && bitmap.length > 0 && !bit(bitmap, data.offset + row)))
    return null;
  if (DataType.isBool(type)) return bit(data.values as Uint8Array, data.offset + row);
  if (DataType.isStruct(type)) return data.children.map((child) => valueAt(child, row));
  if (DataType.isDictionary(type)) return dictionaryValue(data, Number((data.values as Int32Array)[row]));
  if (DataType.isFixedSizeList(type)) return elements(data, row * type.listSize, (row + 1) * type.listSize);
  if (data.valueOffsets !== undefined) {
    const offsets = data.valueOffsets as Int32Array | BigInt64Array;
    const start = Number(offsets[row]);
    const end = Number(offsets[row + 1]);
    return data.children.length > 0 ? elements(data, start, end) : (data.values as Uint8Array).slice(start, end);
  }
  const values = data.values as Int32Array;
  const width = values.BYTES_PER_ELEMENT * data.stride;
  return new Uint8Array(values.buffer, values.byteOffset + row * width, width).slice();
}

function elements(data: Data, start: number, end: number): Value[] {
  return Array.from({ length: end - start }, (_, at) => valueAt(data.children[0]!, start + at));
}

function dictionaryValue(data: Data, index: number): Value {
  let rest = index;
  for (const part of data.dictionary!.data) {
    if (rest < part.length) return valueAt(part, rest);
    rest -= part.length;
  }
  throw new Error(`The dictionary has no value ${index}.`);
}

function bit(bytes: Uint8Array, index: number): boolean {
  return ((bytes[index >> 3]! >> (index & 7)) & 1) === 1;
}

/** Equal texts for equal values, for comparing them. */
export function valueText(value: Value): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString('hex')}`;
  return `[${value.map(valueText).join(',')}]`;
}
