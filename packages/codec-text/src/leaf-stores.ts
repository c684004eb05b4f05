import { typeText } from '@riffle/columnar';
import { DataType, DateUnit } from 'apache-arrow';
import { NumberText, type Cell } from './cell.ts';
import { parseClock, parseDays, parseMoment } from './civil-time.ts';
import { parseDecimal } from './decimal-text.ts';
import type { Store } from './fixed-builder.ts';
import { halfBits, halfValue, nanBits } from './float-bits.ts';
import { noValue, ValueProblem } from './value-problem.ts';

const millisecondsPerDay = 86_400_000n;

/** A whole number that nothing was lost of. Beyond 2^53 a double may stand for another one. */
function wholeNumber(cell: Cell): bigint | undefined {
  if (typeof cell === 'bigint') return cell;
  return typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : undefined;
}

const smallSetters = {
  8: { signed: 'setInt8', unsigned: 'setUint8' },
  16: { signed: 'setInt16', unsigned: 'setUint16' },
  32: { signed: 'setInt32', unsigned: 'setUint32' },
} as const;

function smallIntegers(name: string, bits: 8 | 16 | 32, isSigned: boolean): Store {
  const [low, high] = isSigned ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  const setter = smallSetters[bits][isSigned ? 'signed' : 'unsigned'];
  return (view, at, cell) => {
    if (typeof cell !== 'number' || !Number.isInteger(cell) || cell < low || cell > high) throw noValue(cell, name);
    view[setter](at, cell, true);
  };
}

function largeIntegers(name: string, isSigned: boolean, parse: (cell: Cell) => bigint | undefined): Store {
  return (view, at, cell) => {
    const value = parse(cell);
    if (value === undefined) throw noValue(cell, name);
    if ((isSigned ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)) !== value)
      throw new ValueProblem(`${value} is beyond ${name}`);
    view.setBigInt64(at, value, true);
  };
}

/** 32 bits of what is parsed. */
function mediumIntegers(name: string, parse: (cell: Cell) => bigint | undefined): Store {
  return (view, at, cell) => {
    const value = parse(cell);
    if (value === undefined || BigInt.asIntN(32, value) !== value) throw noValue(cell, name);
    view.setInt32(at, Number(value), true);
  };
}

/** The number that a cell is; whole numbers must be kept exactly, fractions become the nearest. */
function floatOf(cell: Cell, name: string): number {
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) throw new ValueProblem(`a number is beyond ${name}`);
    return cell;
  }
  if (typeof cell === 'bigint') {
    const value = Number(cell);
    if (!Number.isFinite(value) || BigInt(value) !== cell)
      throw new ValueProblem(`${cell} is not kept exactly by ${name}`);
    return value;
  }
  if (cell instanceof NumberText) return floatOf(Number(cell.text), name);
  if (cell === 'Infinity') return Infinity;
  if (cell === '-Infinity') return -Infinity;
  throw noValue(cell, name);
}

function floats(name: string, bytes: 2 | 4 | 8): Store {
  return (view, at, cell) => {
    const bits = typeof cell === 'string' ? nanBits(cell, bytes) : undefined;
    if (bits !== undefined) {
      if (bytes === 2) view.setUint16(at, Number(bits), true);
      else if (bytes === 4) view.setUint32(at, Number(bits), true);
      else view.setBigUint64(at, bits, true);
      return;
    }
    const value = floatOf(cell, name);
    if (bytes === 8) return view.setFloat64(at, value, true);
    const kept = bytes === 4 ? Math.fround(value) : halfValue(halfBits(value));
    if (Math.abs(kept) === Infinity && Math.abs(value) !== Infinity)
      throw new ValueProblem(`${value} is beyond ${name}`);
    if (typeof cell === 'bigint' && kept !== value) throw new ValueProblem(`${cell} is not kept exactly by ${name}`);
    if (bytes === 4) view.setFloat32(at, value, true);
    else view.setUint16(at, halfBits(value), true);
  };
}

function decimals(
  name: string,
  { precision, scale, bitWidth }: DataType & { precision: number; scale: number; bitWidth: number },
): Store {
  return (view, at, cell) => {
    const text = cell instanceof NumberText ? cell.text : String(cell);
    const isText =
      typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'bigint' || cell instanceof NumberText;
    let rest = isText ? parseDecimal(text, precision, scale) : undefined;
    if (rest === undefined) throw noValue(cell, name);
    for (let byte = 0; byte < bitWidth / 8; byte += 8) {
      view.setBigInt64(at + byte, rest, true);
      rest >>= 64n;
    }
  };
}

/** Bytes as they are, or those of base64 with its padding; undefined if it is neither. */
export function bytesOfCell(cell: Cell): Uint8Array | undefined {
  if (cell instanceof Uint8Array) return cell;
  if (typeof cell !== 'string') return undefined;
  const bytes = Buffer.from(cell, 'base64');
  // Node skips what is no base64.
  return bytes.toString('base64') === cell ? bytes : undefined;
}

function fixedBytes(name: string, width: number): Store {
  return (view, at, cell) => {
    const bytes = bytesOfCell(cell);
    if (bytes === undefined || bytes.length !== width) throw noValue(cell, `base64 of ${name}`);
    new Uint8Array(view.buffer).set(bytes, at);
  };
}

const fromText = (cell: Cell, parse: (text: string) => bigint | number | undefined): bigint | undefined => {
  if (typeof cell !== 'string') return wholeNumber(cell);
  const value = parse(cell);
  return value === undefined ? undefined : BigInt(value);
};

/** Bytes of each value and how one is stored, for types whose values all have one width; undefined for others. */
export function fixedStore(type: DataType): { readonly width: number; readonly store: Store } | undefined {
  const name = typeText(type);
  if (DataType.isInt(type)) {
    const { bitWidth, isSigned } = type;
    const store =
      bitWidth === 64 ? largeIntegers(name, isSigned, wholeNumber) : smallIntegers(name, bitWidth as 8, isSigned);
    return { width: bitWidth / 8, store };
  }
  if (DataType.isFloat(type)) {
    const width = (2 << type.precision) as 2 | 4 | 8;
    return { width, store: floats(name, width) };
  }
  if (DataType.isDecimal(type)) return { width: type.bitWidth / 8, store: decimals(name, type) };
  if (DataType.isFixedSizeBinary(type)) return { width: type.byteWidth, store: fixedBytes(name, type.byteWidth) };
  if (DataType.isDate(type)) {
    if (type.unit === DateUnit.DAY)
      return { width: 4, store: mediumIntegers(name, (cell) => fromText(cell, parseDays)) };
    const parse = (text: string) => {
      const days = parseDays(text);
      return days === undefined ? parseMoment(text, 1, false) : BigInt(days) * millisecondsPerDay;
    };
    return { width: 8, store: largeIntegers(name, true, (cell) => fromText(cell, parse)) };
  }
  if (DataType.isTime(type)) {
    const parse = (cell: Cell) => fromText(cell, (text) => parseClock(text, type.unit));
    return type.bitWidth === 32
      ? { width: 4, store: mediumIntegers(name, parse) }
      : { width: 8, store: largeIntegers(name, true, parse) };
  }
  if (DataType.isTimestamp(type)) {
    const withZone = typeof type.timezone === 'string' && type.timezone !== '';
    const wanted = `${name} (ISO 8601, ${withZone ? 'with Z or an offset' : 'without a time zone'}, no finer than its unit)`;
    const parse = (text: string) => parseMoment(text, type.unit, withZone);
    return { width: 8, store: largeIntegers(wanted, true, (cell) => fromText(cell, parse)) };
  }
  if (DataType.isDuration(type)) return { width: 8, store: largeIntegers(name, true, wholeNumber) };
  return undefined;
}
