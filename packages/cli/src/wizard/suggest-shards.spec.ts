import { describe, expect, it } from 'vitest';
import { nearestMultiples, suggestShards } from './suggest-shards.ts';

describe('the number of shards', () => {
  it.each([
    [undefined, undefined, 256],
    [10e6, undefined, 1],
    [5.01e9, undefined, 11],
    [5.01e9, 8, 16],
    [5.01e9, 11, 11],
    [undefined, 8, 8],
    [1e15, undefined, 10_000],
    [1e15, 7, 9996],
    [1e6, 20_000, 1],
  ])('suggested for %s bytes and %s processes is %d', (bytes, processes, shards) => {
    expect(suggestShards(bytes, processes)).toBe(shards);
  });

  it('has neighbours that divide', () => {
    expect(nearestMultiples(100, 8)).toEqual([96, 104]);
    expect(nearestMultiples(96, 8)).toEqual([96]);
    expect(nearestMultiples(3, 8)).toEqual([8]);
    expect(nearestMultiples(9999, 8)).toEqual([9992, 10_000]);
  });
});
