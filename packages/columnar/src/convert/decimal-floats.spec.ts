import { Float16, Float32, type DataType, type Decimal } from 'apache-arrow';
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
});
