import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createPermutation } from './perm-v1.ts';

describe('perm-v1', () => {
  it('is a bijection for every number of rows up to 300', () => {
    for (let rows = 1; rows <= 300; rows++) {
      const permutation = createPermutation(rows, 'any');
      const seen = new Set(Array.from({ length: rows }, (_, row) => permutation.positionOf(row)));
      expect(seen.size).toBe(rows);
      expect(Math.max(...seen)).toBe(rows - 1);
    }
  });

  it('is undone by sourceOf, for any size and seed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 42 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.string(),
        (rows, share, seed) => {
          const row = Math.floor(share * rows);
          const permutation = createPermutation(rows, seed);
          const position = permutation.positionOf(row);
          expect(position >= 0 && position < rows).toBe(true);
          expect(permutation.sourceOf(position)).toBe(row);
        },
      ),
    );
  });

  it('gives the same positions many at a time as one at a time', () => {
    const sizes = fc.oneof(
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 2 ** 34 }),
      fc.constantFrom(2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 65535 ** 2, 1_048_575, 1_048_576),
    );
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.string(),
        (rows, share, seed) => {
          const permutation = createPermutation(rows, seed);
          const start = Math.floor(share * rows);
          const bulk = new Float64Array(Math.min(1100, rows - start));
          permutation.positionsOf(start, bulk);
          expect([...bulk]).toEqual(Array.from(bulk, (_, index) => permutation.positionOf(start + index)));
        },
      ),
    );
  });

  it('gives all 24 orders of 4 rows about equally often over seeds', () => {
    const counts = new Map<string, number>();
    const seeds = 24_000;
    for (let seed = 0; seed < seeds; seed++) {
      const permutation = createPermutation(4, String(seed));
      const order = [0, 1, 2, 3].map((row) => permutation.positionOf(row)).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - seeds / 24) ** 2 / (seeds / 24), 0);
    // 23 degrees of freedom: 49.7 is exceeded by a fair shuffle once in a thousand.
    expect(chiSquare).toBeLessThan(49.7);
  });

  it('spreads blocks of source rows evenly over output shards', () => {
    const rows = 1_048_576;
    const permutation = createPermutation(rows, '42');
    const positions = new Float64Array(rows);
    permutation.positionsOf(0, positions);
    const cells = new Float64Array(64 * 64);
    positions.forEach(
      (position, row) => (cells[Math.floor((row * 64) / rows) * 64 + Math.floor((position * 64) / rows)]! += 1),
    );
    const expected = rows / cells.length;
    const chiSquare = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare / (63 * 63)).toBeGreaterThan(0.9);
    expect(chiSquare / (63 * 63)).toBeLessThan(1.1);
  });

  it.each([-1, 5, 1.5, NaN])('refuses row %d of 5', (row) => {
    expect(() => createPermutation(5, '42').positionOf(row)).toThrow(RangeError);
  });
});
