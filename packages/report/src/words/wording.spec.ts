import { counted, duration } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { byteRate, clipped, eachHas, percentage, rounded, rowRate } from './wording.ts';

describe('the words of documents', () => {
  it('count, with the right ending', () => {
    expect([counted(1, 'row'), counted(12_345, 'row')]).toEqual(['1 row', '12,345 rows']);
    expect([eachHas(5, 5, 'row'), eachHas(5, 6, 'row')]).toEqual(['5 rows each', '5 or 6 rows each']);
    expect([rounded(1_234_567), rounded(12.345), rounded(0.012345)]).toEqual(['1,230,000', '12.3', '0.0123']);
  });

  it('never round a share to nothing or to all', () => {
    expect(
      [
        [0, 5],
        [5, 5],
        [1, 1e9],
        [1e9 - 1, 1e9],
        [1, 3],
        [0, 0],
      ].map(([part, whole]) => percentage(part!, whole!)),
    ).toEqual(['0%', '100%', '< 0.01%', '> 99.99%', '33.33%', '0%']);
  });

  it('tell time and speed', () => {
    expect([0.421, 12.34, 72, 7500].map(duration)).toEqual(['0.42 s', '12.3 s', '1 min 12 s', '2 h 05 min']);
    expect([byteRate(2e9, 2), byteRate(1, 0), rowRate(5000, 2), rowRate(0, 1)]).toEqual([
      '1.00 GB/s',
      '–',
      '2,500 rows/s',
      '–',
    ]);
  });

  it('cut long text between characters', () => {
    expect([clipped('abc', 3), clipped('abcd', 3), clipped('😀😀😀', 2)]).toEqual(['abc', 'abc…', '😀😀…']);
  });
});
