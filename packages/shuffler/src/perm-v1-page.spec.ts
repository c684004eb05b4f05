import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pageSteps, pageVectors } from '../test/permutation-page.ts';
import { murmur3 } from './murmur3.ts';
import { createPermutation } from './perm-v1.ts';

const vectors = pageVectors();

describe('docs/reference/permutation.md', () => {
  it('has the vectors that other engines were given', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(12);
    expect(vectors.slice(0, 7).map(({ rows, seed, last }) => [rows, seed, last])).toEqual([
      [5, '42', 4],
      [10, '42', 4],
      [1000, '42', 873],
      [1_000_003, '42', 762_339],
      [1_048_576, '7', 623_371],
      [10_000_000, '42', 9_829_082],
      [4_294_967_311, '42', 240_779_441],
    ]);
  });

  it.each(vectors)('$rows rows, seed $seed', ({ rows, seed, sides, first, last }) => {
    const permutation = createPermutation(rows, seed);
    expect([Math.ceil(Math.sqrt(rows)), Math.ceil(rows / Math.ceil(Math.sqrt(rows)))]).toEqual(sides);
    expect(first).toHaveLength(Math.min(rows, 5));
    expect(first.map((_, row) => permutation.positionOf(row))).toEqual(first);
    expect(permutation.positionOf(rows - 1)).toBe(last);
    expect(first.map((position) => permutation.sourceOf(position))).toEqual([...first.keys()]);
    expect(permutation.sourceOf(last)).toBe(rows - 1);
    const bulk = new Float64Array(first.length);
    permutation.positionsOf(0, bulk);
    expect([...bulk]).toEqual(first);
  });

  it('has the values on the way', () => {
    const hex = (value: number) => (value >>> 0).toString(16).padStart(8, '0');
    const key = (round: number) => createHash('sha256').update(`perm-v1|42|${round}`, 'utf8').digest().readInt32BE(0);
    expect(Object.fromEntries(pageSteps())).toEqual({
      'murmur3(0, 42)': hex(murmur3(0, 42)),
      'murmur3(1, 42)': hex(murmur3(1, 42)),
      'murmur3(ffffffff, 0)': hex(murmur3(-1, 0)),
      'k(0), seed 42': hex(key(0)),
      'K(0), seed 42': hex(murmur3(key(0), 42)),
      'k(15), seed 42': hex(key(15)),
      'K(15), seed 42': hex(murmur3(key(15), 42)),
    });
  });
});
