import type { CertificateTest } from './certificate.ts';
import { chiSquareOf } from './chi-square.ts';
import { gridOf } from './grid.ts';
import type { Order } from './order.ts';
import { chiSquareTest } from './test-of.ts';
import { fewestExpected, mostBlocks } from './thresholds.ts';

/**
 * Whether every part of the source is everywhere in the output: chi-square of a grid of equal source blocks and equal output blocks,
 * as fine as the rows allow. Finds what stays near its place, and whole pieces that moved together.
 */
export function testSourceBlocks(order: Order): CertificateTest {
  const size = Math.max(2, Math.min(mostBlocks, Math.floor(Math.sqrt(order.sources.length / fewestExpected))));
  const chiSquare = chiSquareOf({ rows: size, columns: size, counts: gridOf(order, size) });
  return chiSquareTest({ name: 'source-blocks', title: `Source in ${size} blocks by output in ${size}` }, chiSquare, {
    fair: 'Rows of every part of the source are in every part of the output, as far as chance allows.',
    above: 'Rows of one part of the source are together in some part of the output.',
    below:
      'Rows of every part of the source are spread over the output more evenly than chance would: they were dealt in turn.',
  });
}
