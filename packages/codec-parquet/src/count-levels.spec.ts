import { describe, expect, it } from 'vitest';
import { countLevels } from './count-levels.ts';

describe('levels of a page of version 2', () => {
  it('in runs', () => {
    // 5 times 1, 3 times 0.
    const bytes = Uint8Array.of(10, 1, 6, 0);
    expect([countLevels(bytes, 1, 1, 8), countLevels(bytes, 1, 0, 8), countLevels(bytes, 1, 1, 3)]).toEqual([5, 3, 3]);
  });

  it('packed, across bytes', () => {
    // The example of the specification: 0 … 7 in 3 bits each, twice.
    const bytes = Uint8Array.of(5, 0b10001000, 0b11000110, 0b11111010, 0b10001000, 0b11000110, 0b11111010);
    expect(Array.from({ length: 8 }, (_, level) => countLevels(bytes, 7, level, 16))).toEqual(Array(8).fill(2));
    expect(countLevels(bytes, 7, 1, 9)).toBe(1);
  });

  it.each([
    ['nothing', []],
    ['too few', [8, 1]],
    ['a run of none', [0, 1]],
    ['a group that ends early', [5, 1]],
    ['a number without end', new Array<number>(20).fill(255)],
  ])('%s: undefined', (_, bytes) => {
    expect(countLevels(Uint8Array.from(bytes), 1, 1, 8)).toBeUndefined();
  });
});
