import { DataType, type Decimal, type Float, type Int, type Time, type Timestamp } from 'apache-arrow';
import { halves, isTextual, type Logical } from './logical-values.ts';

const powers = (base: bigint, exponents: readonly number[]) => exponents.map((exponent) => base ** BigInt(exponent));

/** Whole numbers around which conversions change their mind. */
const turningPoints: readonly bigint[] = [
  0n,
  1n,
  7n,
  ...powers(2n, [7, 8, 11, 15, 16, 24, 31, 32, 53, 60, 62, 63, 64, 120]),
];
const wholeNumbers: readonly bigint[] = [
  ...new Set(
    [...turningPoints, ...powers(10n, [2, 3, 6, 9, 15, 18, 30])]
      .flatMap((point) => [point - 1n, point, point + 1n])
      .flatMap((value) => [value, -value]),
  ),
];
const floats: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.5,
  0.1,
  1.5,
  -2.25,
  127,
  128,
  255,
  256,
  2047,
  2048,
  2049,
  65504,
  65505,
  65520,
  2 ** 24,
  2 ** 24 + 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 53,
  2 ** 53 - 1,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1e300,
  -1e300,
  5e-324,
  2 ** -24,
  2 ** -25,
  2 ** -149,
  1e-7,
  3.4028234663852886e38,
  3.4028235677973366e38,
  NaN,
  Infinity,
  -Infinity,
  123456.789,
];
const texts: readonly string[] = [
  '',
  'a',
  '17',
  '-3',
  '1.50',
  'true',
  'naïve ☃',
  'nan',
  '2024-02-29',
  ' 1',
  '1e3',
  '99999999999999999999',
];

/** Values of a type without children that are worth trying, all within the type. */
export function edgeValues(type: DataType): readonly Logical[] {
  if (DataType.isNull(type)) return [];
  if (DataType.isDictionary(type)) return edgeValues(type.dictionary as DataType);
  if (DataType.isBool(type)) return [true, false];
  if (isTextual(type)) return texts;
  if (DataType.isFixedSizeBinary(type)) return [0, 255].map((byte) => new Uint8Array(type.byteWidth).fill(byte));
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type))
    return [...texts.map((text) => new TextEncoder().encode(text)), Uint8Array.of(255), new Uint8Array(16).fill(9)];
  if (DataType.isFloat(type)) {
    const { precision } = type as Float;
    if (precision === 0) return floats.filter((value) => Object.is(value, NaN) || halves.includes(value));
    return precision === 1 ? [...new Set(floats.map(Math.fround))] : floats;
  }
  if (DataType.isDecimal(type)) {
    const limit = 10n ** BigInt((type as Decimal).precision);
    return wholeNumbers.filter((value) => value < limit && value > -limit);
  }
  if (DataType.isInt(type)) {
    const { bitWidth, isSigned } = type as Int;
    return wholeNumbers.filter(
      (value) => value === (isSigned ? BigInt.asIntN(bitWidth, value) : BigInt.asUintN(bitWidth, value)),
    );
  }
  const days = [0n, 1n, -1n, 19782n, -719528n, 2932896n, 100000n];
  if (DataType.isDate(type))
    return type.unit === 0
      ? [...days, 2147483647n, -2147483648n]
      : [
          ...days.map((day) => day * 86_400_000n),
          -(2n ** 32n) * 86_400_000n,
          1n,
          86_400_001n,
          9223372036854775807n,
          2n ** 31n * 86_400_000n,
        ];
  const perSecond = 10n ** BigInt(3 * ((type as Time | Timestamp).unit as number));
  const inSeconds = [0n, 1n, 59n, 3661n, 86_399n].flatMap((seconds) => [seconds * perSecond, seconds * perSecond + 1n]);
  if (DataType.isTime(type)) return inSeconds.filter((ticks) => ticks < 86_400n * perSecond);
  const sixtyFour = wholeNumbers.filter((value) => BigInt.asIntN(64, value) === value);
  return [
    ...inSeconds,
    ...inSeconds.map((ticks) => -ticks),
    1_709_210_096n * perSecond,
    -(2n ** 32n) * 10n ** 9n,
    ...sixtyFour,
  ];
}
