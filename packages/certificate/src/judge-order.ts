import type { Certificate, CertificateTest } from './certificate.ts';
import { testDistances } from './distance-correlation.ts';
import { testGroupShare } from './group-share.ts';
import { testKeptNeighbours } from './kept-neighbours.ts';
import type { Order } from './order.ts';
import { pictureOf } from './picture.ts';
import { testRankCorrelation } from './rank-correlation.ts';
import { testRuns } from './runs.ts';
import { testSourceBlocks } from './source-blocks.ts';
import { falseAlarms, fewestRows, threshold } from './thresholds.ts';

/** One sentence for each kind of test that failed; of the distances the one that is furthest off. */
function failures(tests: readonly CertificateTest[]): readonly string[] {
  const worst = new Map<string, CertificateTest>();
  for (const test of tests) {
    const known = worst.get(test.name);
    if (!test.passed && (known === undefined || Math.abs(test.deviations) > Math.abs(known.deviations)))
      worst.set(test.name, test);
  }
  return [...worst.values()].map(({ sentence }) => sentence);
}

/**
 * Judges an order: could it be a fair shuffle, one in which all orders are equally likely? Takes about 0.1 s for a million judged rows.
 * @param tooFew why the rows tell too little although they are many, if so
 * @throws RangeError if the stretches have another number of rows than there are sources
 */
export function judgeOrder(order: Order, tooFew?: string): Certificate {
  const { rows, stretches, sources } = order;
  const judgedRows = sources.length;
  if (stretches.reduce((sum, stretch) => sum + stretch.rows, 0) !== judgedRows)
    throw new RangeError('The stretches have another number of rows than there are sources.');
  const about = {
    format: 'riffle-certificate-v1',
    rows,
    judgedRows,
    stretches: stretches.length,
    threshold,
    falseAlarms,
  } as const;
  const picture = pictureOf(order);
  if (judgedRows < fewestRows || tooFew !== undefined) {
    const count = judgedRows === 1 ? 'There is 1 row' : `There are ${judgedRows} rows`;
    const reason = tooFew ?? `${count}, and fewer than ${fewestRows} cannot be judged.`;
    return { ...about, verdict: 'too-few-rows', reasons: [reason], tests: [], picture };
  }
  const share = testGroupShare(order);
  const tests = [
    ...(share === undefined ? [] : [share]),
    testSourceBlocks(order),
    testRuns(order),
    ...testDistances(order),
    testRankCorrelation(order),
    testKeptNeighbours(order),
  ];
  const reasons = failures(tests);
  if (reasons.length > 0) return { ...about, verdict: 'not-shuffled', reasons, tests, picture };
  const fair = `All ${tests.length} tests found what a fair shuffle gives.`;
  return { ...about, verdict: 'shuffled', reasons: [fair], tests, picture };
}
