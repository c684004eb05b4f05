import { describe, expect, it } from 'vitest';
import { fitTwo } from '../src/fit.mjs';

describe('the two costs that fit', () => {
  it('are found again where they are exact, however unlike the workloads', () => {
    const points = [
      [1e6, 2e9],
      [4e8, 5e8],
      [5e4, 1e9],
    ].map(([values, bytes]) => ({ x: [values, bytes], y: 11 * values + 1.5 * bytes }));
    const [value, byte] = fitTwo(points);
    expect(value).toBeCloseTo(11);
    expect(byte).toBeCloseTo(1.5);
  });

  it('are never below 0, and 0 for what is not there', () => {
    expect(fitTwo([{ x: [10, 0], y: 30 }])).toEqual([3, 0]);
    const [one, other] = fitTwo([
      { x: [1, 10], y: 20 },
      { x: [10, 10], y: 11 },
    ]);
    expect(Math.min(one, other)).toBe(0);
    expect(Math.max(one, other)).toBeGreaterThan(0);
  });
});
