import { seededRandom, type Random } from '@riffle/testkit';
import { Decimal, Float16, Float32, Float64, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { numbers, valuesOf } from '../../test/convert/number-column.ts';
import { parseType } from '../types/parse-type.ts';
import { readInteger } from './big-integers.ts';
import { convertColumn } from './convert-column.ts';

describe('convertColumn between decimals and floats', () => {
  it.each<[string, readonly number[], string, readonly (bigint | undefined)[]]>([
    ['float64', [0.1, -12.34, 1e21, 0.005, NaN], 'decimal128(38, 2)', [10n, -1234n, 10n ** 23n, undefined, undefined]],
    ['float32', [0.1, 16_777_216], 'decimal128(9, 2)', [10n, undefined]],
    ['float64', [1234.5], 'decimal128(5, 1)', [12345n]],
  ])('takes %s %j for the decimal that comes back the same, or refuses it', (from, floats, to, expected) => {
    const target = parseType(to) as Decimal;
    floats.forEach((float, row) => {
      const source = numbers(
        parseType(from) as DataType,
        from === 'float32' ? Float32Array.of(float) : Float64Array.of(float),
      );
      const convert = () => convertColumn(source, 1, target, { kind: 'decimal' });
      const value = expected[row];
      if (value === undefined) expect(convert).toThrow(`cannot become ${to} and back`);
      else {
        const column = convert();
        expect(readInteger(column.values!, 0, 16, true)).toBe(value);
        expect(convertColumn(column, 1, source.type, { kind: 'decimal' }).values).toEqual(source.values);
      }
    });
  });

  it('refuses decimals of more digits than a float tells apart', () => {
    const decimal = parseType('decimal128(18, 2)') as DataType;
    const source = (value: bigint) => numbers(decimal, BigInt64Array.of(value, value >> 63n));
    expect(valuesOf(convertColumn(source(-1234n), 1, new Float32(), { kind: 'decimal' }))).toEqual(['c14570a4']);
    expect(() => convertColumn(source(12345678901234567n), 1, new Float32(), { kind: 'decimal' }, 'd')).toThrow(
      'column d, row 0: 123456789012345.67 cannot become float32 and back',
    );
    expect(() => convertColumn(source(10n ** 9n), 1, new Float16(), { kind: 'decimal' }, 'd')).toThrow(
      'column d, row 0: 10000000.00 cannot become float16 and back',
    );
  });

  it('gives the nearest float and takes it back, for random decimals of every size', () => {
    const random = seededRandom(5);
    let refused = 0;
    for (let count = 0; count < 3000; count++) {
      const digits = 1 + random.below(37);
      const scale = random.below(digits + 1);
      const value = BigInt.asIntN(128, BigInt(random.pick([1, -1])) * digitsOf(random, digits));
      const bits = random.pick([32, 64]);
      const type = new Decimal(scale, 38, 128);
      const source = numbers(type, BigInt64Array.of(BigInt.asIntN(64, value), value >> 64n));
      const expected = nearest(value, scale, bits);
      const target = bits === 32 ? new Float32() : new Float64();
      const convert = () => convertColumn(source, 1, target, { kind: 'decimal' });
      if (unscaledOf(expected, scale) !== value) {
        refused++;
        expect(convert).toThrow('and back');
        continue;
      }
      const column = convert();
      const view = new DataView(column.values!.buffer);
      expect(bits === 32 ? view.getFloat32(0, true) : view.getFloat64(0, true)).toBe(expected);
      expect(convertColumn(column, 1, type, { kind: 'decimal' }).values).toEqual(source.values);
    }
    expect([refused > 500, refused < 2500]).toEqual([true, true]);
  });
});

const digitsOf = (random: Random, count: number) =>
  BigInt(Array.from({ length: count }, () => random.below(10)).join(''));

/** By the decimal text, which JavaScript reads to the nearest double. */
function nearest(value: bigint, scale: number, bits: number): number {
  const double = Number(`${value}e-${scale}`);
  return bits === 32 ? Math.fround(double) : double;
}

/** The whole number of 10^−scale next to a double, from its bits. */
function unscaledOf(float: number, scale: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(float)).buffer)[0]!;
  const exponent = Math.max(1, Number(bits >> 52n)) - 1075;
  const mantissa = (bits & (2n ** 52n - 1n)) + (bits >> 52n === 0n ? 0n : 2n ** 52n);
  const numerator = mantissa * 10n ** BigInt(scale) * (exponent > 0 ? 2n ** BigInt(exponent) : 1n);
  const denominator = exponent < 0 ? 2n ** BigInt(-exponent) : 1n;
  const rounded = (2n * numerator + denominator) / (2n * denominator);
  return float < 0 ? -rounded : rounded;
}
