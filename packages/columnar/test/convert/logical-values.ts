import { DataType, type Decimal, type Field, type Float, type Int } from 'apache-arrow';
import type { Value } from '../value-tree.ts';

/**
 * A value as its type means it: integers, ticks and unscaled decimals are bigint, floats numbers, text strings, binary `Uint8Array`,
 * lists and structs arrays (a map is a list of pairs).
 */
export type Logical = null | boolean | bigint | number | string | Uint8Array | readonly Logical[];

/** All float16 values by their bits, from the definition of binary16. */
export const halves: readonly number[] = Array.from({ length: 65536 }, (_, bits) => {
  const sign = bits >= 32768 ? -1 : 1;
  const exponent = Math.floor(bits / 1024) % 32;
  const mantissa = bits % 1024;
  if (exponent === 31) return mantissa === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? mantissa / 2 ** 24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
});
const halfBits = new Map<number, number>(halves.map((value, bits) => [value, bits]));

export const isTextual = (type: DataType) =>
  DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
const isBytes = (type: DataType) =>
  DataType.isBinary(type) ||
  DataType.isLargeBinary(type) ||
  DataType.isBinaryView(type) ||
  DataType.isFixedSizeBinary(type);

function widthOf(type: DataType): number {
  if (DataType.isDate(type)) return type.unit === 0 ? 4 : 8;
  if (DataType.isTimestamp(type) || DataType.isDuration(type)) return 8;
  return (type as Int | Decimal).bitWidth / 8;
}

export function logicalOf(type: DataType, value: Value): Logical {
  if (value === null || typeof value === 'boolean') return value;
  if (DataType.isDictionary(type)) return logicalOf(type.dictionary as DataType, value);
  if (!(value instanceof Uint8Array)) {
    const fields = type.children as Field[];
    return value.map((item, index) => logicalOf((DataType.isStruct(type) ? fields[index]! : fields[0]!).type, item));
  }
  if (isTextual(type)) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
  if (isBytes(type)) return value;
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  if (DataType.isFloat(type)) {
    const { precision } = type as Float;
    if (precision === 0) return halves[view.getUint16(0, true)]!;
    return precision === 1 ? view.getFloat32(0, true) : view.getFloat64(0, true);
  }
  const digits = BigInt(`0x${Buffer.from(value).reverse().toString('hex')}`);
  return DataType.isInt(type) && !(type as Int).isSigned ? digits : BigInt.asIntN(8 * value.length, digits);
}

export function bytesOf(type: DataType, logical: Logical): Value {
  if (logical === null || typeof logical === 'boolean' || logical instanceof Uint8Array) return logical;
  if (DataType.isDictionary(type)) return bytesOf(type.dictionary as DataType, logical);
  if (typeof logical === 'string') return new TextEncoder().encode(logical);
  if (typeof logical === 'number') {
    const { precision } = type as Float;
    const view = new DataView(new ArrayBuffer(2 << precision));
    if (precision === 0)
      view.setUint16(0, Object.is(logical, -0) ? 32768 : logical === 0 ? 0 : halfBits.get(logical)!, true);
    else if (precision === 1) view.setFloat32(0, logical, true);
    else view.setFloat64(0, logical, true);
    return new Uint8Array(view.buffer);
  }
  if (typeof logical === 'bigint') {
    const width = widthOf(type);
    const hex = BigInt.asUintN(8 * width, logical)
      .toString(16)
      .padStart(2 * width, '0');
    return Uint8Array.from(Buffer.from(hex, 'hex').reverse());
  }
  const fields = type.children as Field[];
  return logical.map((item, index) => bytesOf((DataType.isStruct(type) ? fields[index]! : fields[0]!).type, item));
}

/** Equal texts exactly for equal values: −0 is not 0, all NaN are one. */
export function logicalText(logical: Logical): string {
  if (logical instanceof Uint8Array) return `x${Buffer.from(logical).toString('hex')}`;
  if (typeof logical === 'number') return Object.is(logical, -0) ? '-0.0' : `${logical}f`;
  if (typeof logical === 'bigint') return `${logical}`;
  if (typeof logical === 'string') return JSON.stringify(logical);
  if (logical === null || typeof logical === 'boolean') return String(logical);
  return `[${logical.map(logicalText).join(', ')}]`;
}
