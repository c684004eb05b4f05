import { describe, expect, it } from 'vitest';
import { firstSliceRows, nextSliceRows } from './slice-rows.ts';

describe('the first slice', () => {
  it.each([
    ['all, if that fits', { bounded: 1000, expected: 1000 }, 100],
    ['all, if it should fit and cannot pass the target by far', { bounded: 16_000, expected: 900 }, 100],
    ['its share by what is expected', { bounded: 4000, expected: 4000 }, 25],
    ['less, if surprises could be large', { bounded: 160_000, expected: 900 }, 10],
    ['one row at least', { bounded: 1e12, expected: 1e12 }, 1],
    ['all, if there is nothing in it', { bounded: 0, expected: 0 }, 100],
  ])('takes %s', (_, sizes, rows) => {
    expect(firstSliceRows(100, 1000, sizes)).toBe(rows);
  });
});

describe('the next slice', () => {
  it.each([
    ['what fits by the bytes seen', 1000, { rows: 10, bytes: 500 }, 20],
    ['not more than 8 times the last', 1000, { rows: 10, bytes: 10 }, 80],
    ['the rest, if it is only a little more', 24, { rows: 20, bytes: 1000 }, 24],
    ['no more than there is', 5, { rows: 10, bytes: 500 }, 5],
    ['one row at least', 1000, { rows: 1, bytes: 1e9 }, 1],
    ['8 times the last where rows take nothing', 1000, { rows: 10, bytes: 0 }, 80],
  ])('takes %s', (_, remaining, last, rows) => {
    expect(nextSliceRows(remaining, 1000, last)).toBe(rows);
  });
});
