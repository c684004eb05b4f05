import { boundedChance } from './chances.ts';
import type { CertificateTest } from './certificate.ts';
import type { Order } from './order.ts';
import { testOf } from './test-of.ts';

/**
 * How many rows follow the row beside which they stood in the source, either way round. Over all orders that is nearly Poisson with mean 2
 * (I. Kaplansky, "The asymptotic distribution of runs of consecutive elements", Annals of Mathematical Statistics 16 (1945)).
 * The chance given is a bound that holds exactly: k given pairs of places hold such neighbours in at most 2^k (m − k)! of the m! orders of
 * the source, so at least k of p pairs do with a chance of at most C(p, k) 2^k (m − k)! / m!.
 */
export function testKeptNeighbours({ stretches, sources, sourceRows }: Order): CertificateTest {
  let kept = 0;
  let pairs = 0;
  let start = 0;
  for (const { rows } of stretches) {
    for (let index = start + 1; index < start + rows; index++)
      if (Math.abs(sources[index]! - sources[index - 1]!) === 1) kept++;
    pairs += Math.max(0, rows - 1);
    start += rows;
  }
  const expected = (2 * pairs) / sourceRows;
  // Chances only shrink once the terms are below 1, so a long sum need not be taken to its end.
  let chance = 1;
  for (let term = 1; term <= kept && chance > Number.MIN_VALUE; term++)
    chance *= (2 * (pairs - term + 1)) / (term * (sourceRows - term + 1));
  const deviations = (kept - expected) / Math.sqrt(expected);
  const figure = { value: kept, expected, deviations, chance: boundedChance(kept > expected ? chance : 1) };
  return testOf(
    { name: 'kept-neighbours', title: 'Neighbours of the source that are neighbours still', ...figure },
    {
      fair: 'Hardly any rows stand beside a row that was their neighbour in the source.',
      above: 'Many rows stand beside a row that was their neighbour in the source: pieces of it moved as wholes.',
      below: 'Hardly any rows stand beside a row that was their neighbour in the source.',
    },
  );
}
