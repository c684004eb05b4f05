import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatDays, formatMoment, parseClock, parseDays, parseMoment } from './civil-time.ts';
import { formatDecimal, parseDecimal } from './decimal-text.ts';
import { halfBits, halfValue } from './float-bits.ts';

it('days and moments are those of Date', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const text = date.toISOString();
      expect(parseMoment(text, 1, true)).toBe(BigInt(date.getTime()));
      expect(formatMoment(BigInt(date.getTime()), 1, true)).toBe(text);
      expect(formatDays(parseDays(text.slice(0, 10))!)).toBe(text.slice(0, 10));
    }),
  );
});

it('what is no day, no time or finer than the unit is none', () => {
  for (const text of ['2023-02-29', '2024-13-01', '2024-1-1', '']) expect(parseDays(text)).toBeUndefined();
  expect(parseClock('24:00:00', 0)).toBeUndefined();
  expect(parseClock('23:59:60', 0)).toBeUndefined();
  expect(parseClock('23:59:59.1230', 1)).toBe(86_399_123n);
  expect(parseClock('23:59:59.1234', 1)).toBeUndefined();
  expect(parseMoment('2024-01-01T00:00:00', 0, true)).toBeUndefined();
  expect(parseMoment('2024-01-01T00:00:00Z', 0, false)).toBeUndefined();
});

it('decimals come back, with exponents and without', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat(38), (unscaled, scale) => {
      expect(parseDecimal(formatDecimal(unscaled, scale), 38, scale)).toBe(unscaled);
    }),
  );
  expect(parseDecimal('1.5e2', 9, 2)).toBe(15_000n);
  expect(parseDecimal('1.005', 9, 2)).toBeUndefined();
  expect(parseDecimal('1.500', 9, 2)).toBe(150n);
  expect(parseDecimal('99999999', 9, 2)).toBeUndefined();
});

it('all halves come back from their value, and other numbers go to the nearest', () => {
  for (let bits = 0; bits < 65_536; bits++)
    if (!Number.isNaN(halfValue(bits))) expect(halfBits(halfValue(bits))).toBe(bits);
  expect(halfBits(1 + 2 ** -11)).toBe(0x3c00);
  expect(halfBits(1 + 3 * 2 ** -11)).toBe(0x3c02);
  expect(halfBits(65_519)).toBe(0x7bff);
  expect(halfBits(65_520)).toBe(0x7c00);
});
