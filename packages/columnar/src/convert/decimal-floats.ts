import { DataType, type Decimal, type Float } from 'apache-arrow';
import { noBytes, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { isInRange, readInteger, writeInteger } from './big-integers.ts';
import { misfit, refuse } from './conversion-failure.ts';
import { withValues } from './convert-numbers.ts';
import { roundToHalf } from './half-float.ts';
import { floatParser } from './parse-values.ts';
import { eachPresent } from './presence.ts';
import { decimalText, floatAt, valueText } from './print-values.ts';
import { scaledInteger, type ScaledInteger } from './scaled-integers.ts';

/** From here on toFixed prints an exponent, and all doubles are whole. */
const firstWithExponent = 1e21;

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

const nearestFloat = (text: string, precision: 0 | 1 | 2) =>
  precision === 0 ? roundToHalf(Number(text)) : precision === 1 ? Math.fround(Number(text)) : Number(text);

function asFloats(source: Column, target: Float, { width, scale }: ScaledInteger): Column {
  const { values = noBytes, length } = source;
  const bytesPerValue = (layoutOf(target) as { readonly width: number }).width;
  const out = new Uint8Array(length * bytesPerValue);
  const write = floatParser(target.precision, new DataView(out.buffer));
  eachPresent(source, (row) => {
    const value = readInteger(values, row * width, width, true);
    const text = decimalText(value, scale);
    if (!write(text, row) || nearestDecimal(nearestFloat(text, target.precision), scale) !== value)
      refuse(row, valueText(source, row), target, ' and back');
  });
  return withValues(source, target, out);
}

function asDecimals(source: Column, target: Decimal, { width, scale, range }: ScaledInteger): Column {
  const out = new Uint8Array(source.length * width);
  const { precision } = source.type as Float;
  eachPresent(source, (row) => {
    const float = floatAt(source, row);
    const value = nearestDecimal(float, scale);
    if (value === undefined || !isInRange(value, range) || nearestFloat(decimalText(value, scale), precision) !== float)
      return refuse(row, valueText(source, row), target, ' and back');
    writeInteger(out, row * width, width, value);
  });
  return withValues(source, target, out);
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
