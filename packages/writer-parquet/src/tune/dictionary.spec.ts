import { describe, expect, it } from 'vitest';
import { grownDictionary } from './dictionary.ts';

/** Distinct values among `rows` draws out of `values`. */
const seen = (rows: number, values: number): number => values * (1 - Math.exp(-rows / values));
const guess = (rows: number, times: number, sizeAfter: (rows: number) => number): number =>
  grownDictionary(sizeAfter(rows / 4), sizeAfter(rows / 2), sizeAfter(rows), times);

describe('grownDictionary', () => {
  it('stays where all values have been seen', () => {
    expect(guess(35_000, 100, (rows) => seen(rows, 200))).toBe(seen(35_000, 200));
  });

  it('is near the truth where most have been seen, and never below it', () => {
    const guessed = guess(35_000, 8, (rows) => seen(rows, 10_000));
    expect(guessed).toBeGreaterThan(seen(280_000, 10_000));
    expect(guessed).toBeLessThan(1.15 * seen(280_000, 10_000));
  });

  it('grows with the rows where all values differ, though their lengths vary', () => {
    expect(grownDictionary(260, 508, 1000, 6)).toBe(6000);
  });

  it('grows by its power of the rows where values never end', () => {
    expect(guess(40_000, 8, (rows) => rows ** 0.7)).toBeCloseTo(320_000 ** 0.7, 5);
  });

  it('is that of the sample where the sample is all there is', () => {
    expect(grownDictionary(25, 50, 100, 1)).toBe(100);
  });
});
