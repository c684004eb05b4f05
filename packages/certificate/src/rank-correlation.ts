import type { CertificateTest } from './certificate.ts';
import type { Order } from './order.ts';
import { normalTest } from './test-of.ts';

/**
 * Spearman's rank correlation of source and output position: whether early rows of the source come early. Over all orders of the judged rows
 * its mean is 0 and its variance 1 / (n − 1), exactly: M. G. Kendall and J. D. Gibbons, "Rank Correlation Methods", 5th ed. (1990),
 * chapter 4. It tends to normal from below: the fourth cumulant is negative, so the far tails are lighter than normal ones.
 */
export function testRankCorrelation({ rows, stretches, sources, sourceRows }: Order): CertificateTest {
  const n = sources.length;
  const sourceMean = sources.reduce((sum, source) => sum + source / sourceRows, 0) / n;
  let positionSum = 0;
  for (const stretch of stretches) positionSum += (stretch.rows * (stretch.start + (stretch.rows - 1) / 2)) / rows;
  const positionMean = positionSum / n;
  let product = 0;
  let sourceSquares = 0;
  let positionSquares = 0;
  let index = 0;
  for (const stretch of stretches) {
    for (let position = stretch.start; position < stretch.start + stretch.rows; position++) {
      const x = position / rows - positionMean;
      const y = sources[index++]! / sourceRows - sourceMean;
      product += x * y;
      positionSquares += x * x;
      sourceSquares += y * y;
    }
  }
  const figure = { value: product / Math.sqrt(positionSquares * sourceSquares), expected: 0, variance: 1 / (n - 1) };
  return normalTest({ name: 'rank-correlation', title: 'Rank correlation of source and output' }, figure, {
    fair: 'Early rows of the source come neither early nor late.',
    above: 'Early rows of the source come early in the output.',
    below: 'Early rows of the source come late in the output.',
  });
}
