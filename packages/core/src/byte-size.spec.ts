import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactByteSize, formatByteSize, parseByteSize } from './byte-size.ts';

describe('parseByteSize', () => {
  it.each([
    ['256MB', 256_000_000],
    ['64MiB', 67_108_864],
    ['64 mib', 67_108_864],
    ['1.1GB', 1_100_000_000],
    ['12', 12],
    ['12B', 12],
    ['1kB', 1000],
    ['2TiB', 2_199_023_255_552],
  ])('reads %s', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  it.each(['', 'MB', '12XB', '-1MB', '1e9', '1.MB', '0x10', '9e99', '99999999TB', '1 2MB', 'toString', '5 __proto__'])(
    'refuses %j',
    (text) => {
      expect(parseByteSize(text)).toBeUndefined();
    },
  );
});

describe('exactByteSize', () => {
  it.each([
    [2 ** 20, '1MiB'],
    [2 ** 50, '1024TiB'],
    [1_000_000, '1MB'],
    [1_000_001, '1000001'],
    [0, '0'],
  ])('spells %d as %s', (bytes, text) => {
    expect(exactByteSize(bytes)).toBe(text);
  });

  it('is read back as the same bytes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(parseByteSize(exactByteSize(bytes))).toBe(bytes);
      }),
    );
  });
});

describe('formatByteSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [999.6, '1.00 kB'],
    [1234, '1.23 kB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.00 GB'],
    [12_345_678_901, '12.3 GB'],
  ])('gives three digits for %d: %s', (bytes, text) => {
    expect(formatByteSize(bytes)).toBe(text);
  });
});
