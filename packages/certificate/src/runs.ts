import type { CertificateTest } from './certificate.ts';
import type { Order } from './order.ts';
import { normalTest } from './test-of.ts';

/**
 * Runs up and down: how often the source position turns from rising to falling or back. Over all orders of n rows the runs have mean (2n − 1) / 3 and
 * variance (16n − 29) / 90: H. Levene and J. Wolfowitz, "The covariance matrix of runs up and down", Annals of Mathematical Statistics 15 (1944). Their
 * number is distributed like a sum of independent coins, since its generating polynomial has only real roots (M. Bóna and R. Ehrenborg,
 * "A combinatorial proof of the log-concavity of the numbers of permutations with k runs", 2000, with Wilf's theorem), and so is close to normal. The
 * order of disjoint stretches is independent, so their runs add up.
 */
export function testRuns({ stretches, sources }: Order): CertificateTest {
  let runs = 0;
  let expected = 0;
  let variance = 0;
  let first = 0;
  for (const { rows } of stretches) {
    if (rows >= 4) {
      expected += (2 * rows - 1) / 3;
      variance += (16 * rows - 29) / 90;
      runs += runsOf(sources, first, first + rows);
    }
    first += rows;
  }
  return normalTest(
    { name: 'runs', title: 'Runs up and down' },
    { value: runs, expected, variance },
    {
      fair: 'From row to row the source position rises and falls as often as in a shuffle.',
      above: 'From row to row the source position turns too often: rows of two or more places alternate.',
      below: 'From row to row the source position turns too seldom: rows follow each other as they did in the source.',
    },
  );
}

function runsOf(sources: Float64Array, start: number, end: number): number {
  let runs = 1;
  let rising = sources[start + 1]! > sources[start]!;
  for (let index = start + 2; index < end; index++) {
    const rises = sources[index]! > sources[index - 1]!;
    if (rises !== rising) runs++;
    rising = rises;
  }
  return runs;
}
