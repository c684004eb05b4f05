import { describe, expect, it } from 'vitest';
import { chiSquareOf } from './chi-square.ts';
import { chiSquareChance, normalChance } from './chances.ts';
import { fewestExpected, fewestRows, threshold } from './thresholds.ts';

/** How many times as likely as the threshold says a false alarm may be: the factor that the thresholds leave for approximations. */
const allowance = 12;

/**
 * Chances of 1, 2, 3 … runs up and down in a random order of `n` rows, exactly: a row that is the largest so far, put into any of the n places,
 * leaves the runs as they are, or adds one or two (D. André, 1884; L. Comtet, "Advanced Combinatorics", section 7.2).
 */
function runChances(n: number): Float64Array {
  let chances = new Float64Array(n + 1);
  chances[1] = 1;
  for (let rows = 3; rows <= n; rows++) {
    const next = new Float64Array(n + 1);
    for (let runs = 1; runs < rows; runs++) {
      const same = runs * chances[runs]!;
      const oneMore = 2 * chances[runs - 1]!;
      const twoMore = runs < 2 ? 0 : (rows - runs) * chances[runs - 2]!;
      next[runs] = (same + oneMore + twoMore) / rows;
    }
    chances = next;
  }
  return chances;
}

it('the fewest rows have exact run chances that sum to 1 and are known for 4 rows', () => {
  expect([...runChances(4)].map((chance) => Math.round(chance * 24))).toEqual([0, 2, 12, 10, 0]);
  expect(runChances(fewestRows).reduce((sum, chance) => sum + chance)).toBeCloseTo(1, 12);
});

it.each([fewestRows, 4000])('runs: a false alarm is as rare as the threshold says, with %d rows', (rows) => {
  const mean = (2 * rows - 1) / 3;
  const deviation = Math.sqrt((16 * rows - 29) / 90);
  let alarm = 0;
  for (const [runs, chance] of runChances(rows).entries())
    if (runs > 0 && normalChance((runs - mean) / deviation) < threshold) alarm += chance;
  expect(alarm).toBeGreaterThan(0);
  expect(alarm).toBeLessThan(allowance * threshold);
});

const logFactorials = (() => {
  const values = new Float64Array(1_000_001);
  for (let index = 2; index < values.length; index++) values[index] = values[index - 1]! + Math.log(index);
  return values;
})();
const logChoose = (n: number, k: number) => logFactorials[n]! - logFactorials[k]! - logFactorials[n - k]!;

/** The chance of a false alarm of a table of two groups and two parts: its counts are hypergeometric. */
function twoByTwoAlarm(rows: number, group: number, part: number): number {
  let alarm = 0;
  for (let both = Math.max(0, group + part - rows); both <= Math.min(group, part); both++) {
    const counts = Float64Array.of(both, group - both, part - both, rows - group - part + both);
    const { value, degreesOfFreedom } = chiSquareOf({ rows: 2, columns: 2, counts });
    if (chiSquareChance(value, degreesOfFreedom) < threshold)
      alarm += Math.exp(logChoose(group, both) + logChoose(rows - group, part - both) - logChoose(rows, part));
  }
  return alarm;
}

describe('chi-square of two groups in two parts, with the fewest expected rows in a cell', () => {
  it.each([
    [1000, 500, 500],
    [1000, 200, 500],
    [10_000, 200, 5000],
    [1_000_000, 200, 500_000],
    [1_000_000, 1000, 100_000],
    [1_000_000, 6400, 15_625],
    [1_000_000, 10_000, 10_000],
  ])('%d rows, a group of %d, a part of %d', (rows, group, part) => {
    expect((group * part) / rows).toBeGreaterThanOrEqual(fewestExpected);
    const alarm = twoByTwoAlarm(rows, group, part);
    expect(alarm).toBeGreaterThan(0);
    expect(alarm).toBeLessThan(allowance * threshold);
  });

  it('would alarm too often with far fewer: the rule is needed', () => {
    expect(twoByTwoAlarm(1_000_000, 1000, 5000)).toBeGreaterThan(allowance * threshold);
  });
});

/** The chance of a false alarm of one group in `parts` equal parts of a much longer order: multinomial counts, by dynamic programming. */
function equalPartsAlarm(parts: number, expected: number): number {
  const total = parts * expected;
  // Outside the alarm every sum of squared deviations is below this.
  let squares = 0;
  while (chiSquareChance(squares / expected, parts - 1) >= threshold) squares++;
  const reach = Math.ceil(Math.sqrt(squares));
  const logPoisson = (count: number) => count * Math.log(expected) - expected - logFactorials[count]!;
  // By deviation of the sum so far and by sum of squares so far.
  const width = 2 * reach * parts + 1;
  let chances = new Float64Array(width * squares);
  chances[((width - 1) / 2) * squares] = 1;
  for (let part = 0; part < parts; part++) {
    const next = new Float64Array(width * squares);
    for (let deviation = -reach; deviation <= reach; deviation++) {
      const chance = Math.exp(logPoisson(expected + deviation));
      const square = deviation ** 2;
      for (let sum = Math.max(0, -deviation); sum < Math.min(width, width - deviation); sum++) {
        const from = sum * squares;
        const to = (sum + deviation) * squares + square;
        for (let held = 0; held < squares - square; held++) {
          const before = chances[from + held]!;
          if (before > 0) next[to + held]! += before * chance;
        }
      }
    }
    chances = next;
  }
  const middle = ((width - 1) / 2) * squares;
  const fair = chances.subarray(middle, middle + squares).reduce((sum, chance) => sum + chance, 0);
  const ofTotal = Math.exp(total * Math.log(total) - total - logFactorials[total]!);
  return 1 - fair / ofTotal;
}

it('chi-square of three equal parts: a false alarm is as rare as the threshold says', () => {
  const alarm = equalPartsAlarm(3, fewestExpected);
  expect(alarm).toBeGreaterThan(threshold / 10);
  expect(alarm).toBeLessThan(allowance * threshold);
});
