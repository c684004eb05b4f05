import { DataType, type Decimal, type Float, type Time, type Timestamp } from 'apache-arrow';
import { isInRange, rangeOfBits, writeInteger } from './big-integers.ts';
import { daysOfDate, ticksOfClock, ticksOfInstant } from './calendar.ts';
import { halfOfNumber, roundToHalf } from './half-float.ts';
import { rescaled, scaledInteger } from './scaled-integers.ts';
import { hasZone } from '../types/type-name.ts';

/** Writes the value that a text means as value `row`; false if the text means none of the type. */
export type Parse = (text: string, row: number) => boolean;

const integerPattern = /^[+-]?\d{1,99}$/;
const decimalPattern = /^([+-]?)(\d{0,99})(?:\.(\d{0,99}))?(?:[eE]([+-]?\d{1,3}))?$/;
const floatPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const specialFloats: { readonly [text: string]: number } = {
  nan: NaN,
  inf: Infinity,
  infinity: Infinity,
  '+inf': Infinity,
  '+infinity': Infinity,
  '-inf': -Infinity,
  '-infinity': -Infinity,
};

/** Reads values of a type of `width` bytes into `out`; undefined for types that are not read from text. */
export function fixedParser(type: DataType, width: number, out: Uint8Array): Parse | undefined {
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
  if (DataType.isFloat(type)) return floatParser((type as Float).precision, view);
  const read = integerReader(type);
  if (read === undefined) return undefined;
  const range = scaledInteger(type)?.range ?? rangeOfBits(8 * width, true);
  const [lowest, highest] = [Number(range.lowest), Number(range.highest)];
  const isInteger = DataType.isInt(type);
  return (text, row) => {
    if (isInteger && text.length <= surelyExact && integerPattern.test(text)) {
      const number = Number(text);
      if (number < lowest || number > highest) return false;
      writeNumber(view, row * width, width, number);
      return true;
    }
    const value = read(text);
    if (value === undefined || !isInRange(value, range)) return false;
    writeInteger(out, row * width, width, value);
    return true;
  };
}

/** Characters of an integer that a double holds, whatever its digits. */
const surelyExact = 15;

function writeNumber(view: DataView, at: number, width: number, value: number): void {
  if (width === 1) view.setUint8(at, value);
  else if (width === 2) view.setUint16(at, value, true);
  else view.setUint32(at, value, true);
  if (width === 8) view.setInt32(at + 4, Math.floor(value / 2 ** 32), true);
}

/** `true` and `false` in any case; undefined for other text. */
export function parseBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

function integerReader(type: DataType): ((text: string) => bigint | undefined) | undefined {
  if (DataType.isInt(type)) return (text) => (integerPattern.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined);
  if (DataType.isDecimal(type)) return (text) => unscaled(text, (type as Decimal).scale);
  if (DataType.isDate(type)) {
    const ticks = type.unit === 0 ? 1n : 86_400_000n;
    return (text) => {
      const days = daysOfDate(text);
      return days === undefined ? undefined : days * ticks;
    };
  }
  if (DataType.isTime(type)) return (text) => ticksOfClock(text, (type as Time).unit);
  if (DataType.isTimestamp(type)) return (text) => ticksOfInstant(text, (type as Timestamp).unit, hasZone(type));
  return undefined;
}

function unscaled(text: string, scale: number): bigint | undefined {
  const [match, sign, whole, fraction = '', exponent = '0'] = decimalPattern.exec(text) ?? [];
  const digits = `${whole}${fraction}`;
  if (match === undefined || digits === '') return undefined;
  const value = rescaled(BigInt(digits), fraction.length - Number(exponent), scale);
  return value !== undefined && sign === '-' ? -value : value;
}

/** The nearest float; what is beyond the largest is not read as infinity. */
function floatParser(precision: 0 | 1 | 2, view: DataView): Parse {
  const write = floatWriter(precision, view);
  return (text, row) => {
    const special = specialFloats[text.toLowerCase()];
    if (special === undefined && !floatPattern.test(text)) return false;
    const double = special ?? Number(text);
    const value = precision === 0 ? roundToHalf(double) : precision === 1 ? Math.fround(double) : double;
    if (special === undefined && !Number.isFinite(value)) return false;
    write(row, value);
    return true;
  };
}

/** Writes floats that are of the precision already as value `row`. */
export function floatWriter(precision: 0 | 1 | 2, view: DataView): (row: number, value: number) => void {
  if (precision === 0) return (row, value) => view.setUint16(2 * row, halfOfNumber(value), true);
  if (precision === 1) return (row, value) => view.setFloat32(4 * row, value, true);
  return (row, value) => view.setFloat64(8 * row, value, true);
}
