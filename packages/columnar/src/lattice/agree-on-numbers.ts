import {
  DataType,
  Decimal,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  Precision,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  type Float,
  type Int,
} from 'apache-arrow';

const signed = { 8: () => new Int8(), 16: () => new Int16(), 32: () => new Int32(), 64: () => new Int64() } as const;
const unsigned = {
  8: () => new Uint8(),
  16: () => new Uint16(),
  32: () => new Uint32(),
  64: () => new Uint64(),
} as const;
const floats = [() => new Float16(), () => new Float32(), () => new Float64()] as const;
type Width = keyof typeof signed;

/** Digits that hold every integer of a width. */
const digits: Readonly<Record<Width, number>> = { 8: 3, 16: 5, 32: 10, 64: 20 };
const mostDigits = { 128: 38, 256: 76 } as const;

const largest = (one: number, other: number) => Math.max(one, other) as Width;

/**
 * Signed beside unsigned needs the next width. There is none beyond 64 bits: an int64 holds all but the upper half of uint64, whose
 * values are checked one by one.
 */
function agreeOnIntegers(one: Int, other: Int): DataType {
  const width = largest(one.bitWidth, other.bitWidth);
  if (one.isSigned === other.isSigned) return (one.isSigned ? signed : unsigned)[width]();
  const [plus, minus] = one.isSigned ? [other, one] : [one, other];
  const needed = Math.min(64, plus.bitWidth * 2);
  return signed[largest(needed, minus.bitWidth)]();
}

/** float16 holds integers of 8 bits, float32 of 16, float64 of 32; of 64 bits those that it can hold, which is checked. */
function agreeOnIntegerAndFloat({ bitWidth }: Int, { precision }: Float): DataType {
  const needed = bitWidth === 8 ? Precision.HALF : bitWidth === 16 ? Precision.SINGLE : Precision.DOUBLE;
  return floats[Math.max(needed, precision) as 0 | 1 | 2]();
}

/** All digits before and after the point of both; undefined beyond 76. */
function decimalOf(whole: number, scale: number, bitWidth: number): DataType | undefined {
  const precision = whole + scale;
  if (precision > mostDigits[256]) return undefined;
  return new Decimal(scale, precision, precision > mostDigits[128] ? 256 : bitWidth);
}

function agreeOnDecimals(one: Decimal, other: Decimal): DataType | undefined {
  const scale = Math.max(one.scale, other.scale);
  const whole = Math.max(one.precision - one.scale, other.precision - other.scale);
  return decimalOf(whole, scale, Math.max(one.bitWidth, other.bitWidth));
}

/** The number type that both widen to; undefined if they are no numbers, or only a change of meaning would do. */
export function agreeOnNumbers(one: DataType, other: DataType): DataType | undefined {
  if (DataType.isInt(one) && DataType.isInt(other)) return agreeOnIntegers(one as Int, other as Int);
  if (DataType.isFloat(one) && DataType.isFloat(other))
    return floats[Math.max((one as Float).precision, (other as Float).precision) as 0 | 1 | 2]();
  if (DataType.isInt(one) && DataType.isFloat(other)) return agreeOnIntegerAndFloat(one as Int, other as Float);
  if (DataType.isFloat(one) && DataType.isInt(other)) return agreeOnIntegerAndFloat(other as Int, one as Float);
  if (DataType.isDecimal(one) && DataType.isDecimal(other)) return agreeOnDecimals(one, other);
  if (DataType.isDecimal(one) && DataType.isInt(other))
    return decimalOf(
      Math.max(one.precision - one.scale, digits[(other as Int).bitWidth as Width]),
      one.scale,
      one.bitWidth,
    );
  if (DataType.isInt(one) && DataType.isDecimal(other)) return agreeOnNumbers(other, one);
  return undefined;
}
