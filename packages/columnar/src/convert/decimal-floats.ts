import { DataType, type Decimal, type Float } from 'apache-arrow';
import { noBytes, wordsOf, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { isInRange, readInteger, writeInteger } from './big-integers.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { withValues } from './convert-numbers.ts';
import { roundToHalf } from './half-float.ts';
import { floatWriter } from './parse-values.ts';
import { eachPresent } from './presence.ts';
import { decimalText, floatAt, valueText } from './print-values.ts';
import { scaledInteger, type ScaledInteger } from './scaled-integers.ts';

/** From here on toFixed prints an exponent, and all doubles are whole. */
const firstWithExponent = 1e21;
const wordRange = 2 ** 32;

/**
 * Decimals as the nearest float, and floats as the nearest decimal: 0.1 is no float, yet nothing is lost as long as going back gives the
 * same value, which is what is asked here.
 * @throws ConversionFailure for the first value that does not come back.
 */
export function convertDecimalsAndFloats(source: Column, target: DataType): Column {
  const conversion = { kind: 'decimal' } as const;
  const decimal = scaledInteger(DataType.isDecimal(source.type) ? source.type : target);
  if (decimal === undefined) throw misfit(source.type, target, conversion);
  if (DataType.isDecimal(source.type) && DataType.isFloat(target)) return asFloats(source, target as Float, decimal);
  if (DataType.isFloat(source.type) && DataType.isDecimal(target)) return asDecimals(source, target, decimal);
  throw misfit(source.type, target, conversion);
}

const nearestFloat = (double: number, precision: 0 | 1 | 2) =>
  precision === 0 ? roundToHalf(double) : precision === 1 ? Math.fround(double) : double;

/** By precision: below this, whole numbers of any unit are told apart by the floats next to them (FLT_DIG and DBL_DIG of C). */
const surelyApart = [0, 1e6, 1e15] as const;
/** 10^n is a double up to here; a quotient of two doubles is the one next to it. */
const largestExactPower = 22;

function asFloats(source: Column, target: Float, { width, scale }: ScaledInteger): Column {
  const { values = noBytes, length } = source;
  const { precision } = target;
  const bytesPerValue = (layoutOf(target) as { readonly width: number }).width;
  const out = new Uint8Array(length * bytesPerValue);
  const write = floatWriter(precision, new DataView(out.buffer));
  const isExact = scale >= 0 && scale <= largestExactPower;
  const unit = 10 ** scale;
  const words = wordsOf(values);
  eachPresent(source, (row) => {
    const small = smallInteger(words, (row * width) >> 2, width >> 2);
    if (isExact && Math.abs(small) < surelyApart[precision]) return write(row, small / unit);
    const value = readInteger(values, row * width, width, true);
    const float = nearestFloat(Number(decimalText(value, scale)), precision);
    if (nearestDecimal(float, scale) !== value) refuse(row, valueText(source, row), target, ' and back');
    write(row, float);
  });
  return withValues(source, target, out);
}

function asDecimals(source: Column, target: Decimal, { width, scale, range }: ScaledInteger): Column {
  const out = new Uint8Array(source.length * width);
  const { precision } = source.type as Float;
  const isExact = scale >= 0 && scale <= largestExactPower;
  const unit = 10 ** scale;
  const words = wordsOf(out);
  const highest = Math.min(surelyApart[precision], Number(range.highest));
  eachPresent(source, (row) => {
    const float = floatAt(source, row);
    const small = Math.round(float * unit);
    if (isExact && Math.abs(small) < highest && nearestFloat(small / unit, precision) === float)
      return writeSmall(words, (row * width) >> 2, width >> 2, small);
    const value = nearestDecimal(float, scale);
    if (
      value === undefined ||
      !isInRange(value, range) ||
      nearestFloat(Number(decimalText(value, scale)), precision) !== float
    )
      return refuse(row, valueText(source, row), target, ' and back');
    writeInteger(out, row * width, width, value);
  });
  return withValues(source, target, out);
}

/** An integer of several words if a double surely holds it, else NaN. */
function smallInteger(words: Int32Array, at: number, count: number): number {
  const high = count === 1 ? words[at]! >> 31 : words[at + 1]!;
  for (let word = at + 2; word < at + count; word++) if (words[word] !== high >> 31) return NaN;
  return high >= -0x200000 && high < 0x200000 ? high * wordRange + (words[at]! >>> 0) : NaN;
}

function writeSmall(words: Int32Array, at: number, count: number, value: number): void {
  words[at] = value;
  for (let word = 1; word < count; word++)
    words[at + word] = word === 1 ? Math.floor(value / wordRange) : value < 0 ? -1 : 0;
}

/** The whole number of 10^−scale next to a float, exactly; undefined for NaN and the infinities. */
function nearestDecimal(float: number, scale: number): bigint | undefined {
  if (!Number.isFinite(float)) return undefined;
  if (Math.abs(float) >= firstWithExponent || scale < 0) {
    const whole = BigInt(Math.abs(float) >= firstWithExponent ? float : Math.round(float));
    if (scale >= 0) return whole * 10n ** BigInt(scale);
    const unit = 10n ** BigInt(-scale);
    const half = whole < 0n ? -unit / 2n : unit / 2n;
    return (whole + half) / unit;
  }
  return BigInt(float.toFixed(scale).replace('.', ''));
}
