import type { CertificateTest } from './certificate.ts';
import type { Order, Stretch } from './order.ts';
import { normalTest } from './test-of.ts';
import { distances } from './thresholds.ts';

/** Source positions with mean 0 and of the size of 1, and the sums of their squares and fourth powers. */
interface Scores {
  readonly values: Float64Array;
  readonly squares: number;
  readonly fourths: number;
}

function scoresOf(sources: Float64Array, sourceRows: number): Scores {
  const mean = sources.reduce((sum, source) => sum + source, 0) / sources.length;
  const values = sources.map((source) => (source - mean) / sourceRows);
  let squares = 0;
  let fourths = 0;
  for (const value of values) {
    const square = value * value;
    squares += square;
    fourths += square * square;
  }
  return { values, squares, fourths };
}

/** How many pairs of rows there are a distance apart, and how many ordered couples of such pairs have a row in common. */
function pairsOf(
  stretches: readonly Stretch[],
  distance: number,
): { readonly pairs: number; readonly chained: number } {
  let pairs = 0;
  let chained = 0;
  for (const { rows } of stretches) {
    pairs += Math.max(0, rows - distance);
    chained += 2 * Math.max(0, rows - 2 * distance);
  }
  return { pairs, chained };
}

function sumOfProducts(values: Float64Array, stretches: readonly Stretch[], distance: number): number {
  let sum = 0;
  let start = 0;
  for (const { rows } of stretches) {
    for (let index = start + distance; index < start + rows; index++) sum += values[index]! * values[index - distance]!;
    start += rows;
  }
  return sum;
}

/**
 * Serial correlation of source positions: whether rows that are so many rows apart come from places near each other. Mean and variance are exact over all
 * orders of the judged rows, by the moments of products of scores drawn without replacement, as A. Wald and J. Wolfowitz, "An exact
 * test for randomness in the non-parametric case based on serial correlation", Annals of Mathematical Statistics 14 (1943), have them for a circle;
 * here nothing is closed to a circle. The same paper shows that it tends to normal.
 *
 * A distance is left out if fewer than half of the rows have a partner.
 */
export function testDistances({ stretches, sources, sourceRows }: Order): readonly CertificateTest[] {
  const { values, squares, fourths } = scoresOf(sources, sourceRows);
  const n = values.length;
  // Expectations of products of two, three and four different scores whose sum is 0.
  const one = -squares / (n * (n - 1));
  const both = (squares ** 2 - fourths) / (n * (n - 1));
  const shared = (2 * fourths - squares ** 2) / (n * (n - 1) * (n - 2));
  const apart = (3 * squares ** 2 - 6 * fourths) / (n * (n - 1) * (n - 2) * (n - 3));
  return distances.flatMap((distance) => {
    const { pairs, chained } = pairsOf(stretches, distance);
    if (pairs < n / 2) return [];
    const scale = n / (squares * pairs);
    const mean = pairs * one;
    const secondMoment = pairs * both + chained * shared + (pairs ** 2 - pairs - chained) * apart;
    const figure = {
      value: sumOfProducts(values, stretches, distance) * scale,
      expected: mean * scale,
      variance: (secondMoment - mean ** 2) * scale ** 2,
    };
    const rows = distance === 1 ? 'Neighbours' : `Rows ${distance} apart`;
    const title = distance === 1 ? 'Correlation of neighbours' : `Correlation of rows ${distance} apart`;
    return [
      normalTest({ name: 'distance-correlation', title, distance }, figure, {
        fair: `${rows} come from places that have nothing to do with each other.`,
        above: `${rows} come from places near each other in the source.`,
        below: `${rows} come from places far from each other in the source, more than chance makes them.`,
      }),
    ];
  });
}
