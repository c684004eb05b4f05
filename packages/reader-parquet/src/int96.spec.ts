import { describe, expect, test } from 'vitest';
import { int96Fault, int96Text } from './int96.ts';

function stored(nanoseconds: bigint, julianDay: number): DataView {
  const view = new DataView(new ArrayBuffer(12));
  view.setBigInt64(0, nanoseconds, true);
  view.setInt32(8, julianDay, true);
  return view;
}

const DAY_OF_1970 = 2_440_588;

describe('a unit coarser than nanoseconds', () => {
  test.each([
    [1000, 86_399_999_999_000n],
    [1_000_000, 86_399_999_000_000n],
    [1_000_000_000, 86_399_000_000_000n],
  ])('of %d holds its multiples, and no other', (unit, nanoseconds) => {
    for (const julianDay of [DAY_OF_1970, DAY_OF_1970 - 3, 5_373_484, 0]) {
      expect(int96Fault(stored(nanoseconds, julianDay), 0, unit)).toBeUndefined();
      expect(int96Fault(stored(nanoseconds + 1n, julianDay), 0, unit)).toBe(
        'a timestamp finer than the unit of its column',
      );
    }
  });

  test('reaches further, but not everywhere', () => {
    const last = stored(0n, 2 ** 31 - 1);
    expect(int96Fault(last, 0, 1000)).toBe('a timestamp outside 64 bits of its column’s unit');
    expect(int96Fault(last, 0, 1_000_000)).toBeUndefined();
  });
});

test.each([
  [0n, DAY_OF_1970, '1970-01-01T00:00:00.000000000'],
  [86_399_999_999_999n, DAY_OF_1970 - 1, '1969-12-31T23:59:59.999999999'],
  [-1n, DAY_OF_1970, '1969-12-31T23:59:59.999999999'],
  [1n, 5_373_485, '+010000-01-01T00:00:00.000000001'],
])('%d nanoseconds of day %d are %s', (nanoseconds, julianDay, text) => {
  expect(int96Text(stored(nanoseconds, julianDay), 0)).toBe(text);
});
