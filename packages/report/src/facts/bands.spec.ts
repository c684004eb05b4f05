import { describe, expect, it } from 'vitest';
import { bandsOf } from './bands.ts';

describe('bands', () => {
  it('are the values themselves while there are few', () => {
    expect(bandsOf([5, 7], 3)).toEqual([
      { from: 0, to: 1, least: 5, most: 5, mean: 5 },
      { from: 1, to: 2, least: 7, most: 7, mean: 7 },
    ]);
    expect(bandsOf([], 3)).toEqual([]);
  });

  it('hold every value once, and keep one that sticks out', () => {
    const values = Array.from({ length: 10_007 }, (_, index) => (index === 5000 ? 1 : 10));
    const bands = bandsOf(values, 200);
    expect(bands).toHaveLength(200);
    expect(bands.every(({ from }, index) => from === (bands[index - 1]?.to ?? 0))).toBe(true);
    expect(bands.at(-1)!.to).toBe(values.length);
    expect(bands.filter(({ least }) => least === 1)).toHaveLength(1);
    expect(Math.max(...bands.map(({ from, to }) => to - from))).toBe(51);
  });
});
