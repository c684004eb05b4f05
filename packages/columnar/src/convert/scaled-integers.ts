import { DataType, type Decimal } from 'apache-arrow';
import { rangeOfBits, type IntegerRange } from './big-integers.ts';
import { integerType } from './number-kinds.ts';

/** How decimals and integers are alike: a whole number of 10^−scale. */
export interface ScaledInteger {
  readonly width: number;
  readonly signed: boolean;
  readonly scale: number;
  /** Of the whole number. */
  readonly range: IntegerRange;
}

const mostDigits = 100;

/** Undefined for other types, and for decimals with an absurd precision or scale. */
export function scaledInteger(type: DataType): ScaledInteger | undefined {
  if (DataType.isDecimal(type)) {
    const { bitWidth, precision, scale } = type as Decimal;
    // No decimal of 256 bits needs more, and powers of ten that a file merely declares must not take hours.
    if (Math.abs(scale) > mostDigits || precision > mostDigits) return undefined;
    const limit = 10n ** BigInt(precision) - 1n;
    return { width: bitWidth / 8, signed: true, scale, range: { lowest: -limit, highest: limit } };
  }
  const integer = integerType(type);
  if (integer === undefined) return undefined;
  const { bitWidth, isSigned } = integer;
  return { width: bitWidth / 8, signed: isSigned, scale: 0, range: rangeOfBits(bitWidth, isSigned) };
}

/** A whole number of 10^−from as one of 10^−to; undefined if digits would be lost. */
export function rescaled(value: bigint, from: number, to: number): bigint | undefined {
  if (to >= from) return value * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  return value % divisor === 0n ? value / divisor : undefined;
}
