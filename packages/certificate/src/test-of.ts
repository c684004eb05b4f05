import { chiSquareChance, normalChance } from './chances.ts';
import type { CertificateTest } from './certificate.ts';
import type { ChiSquare } from './chi-square.ts';
import { threshold } from './thresholds.ts';

/** What a failed or passed test means: as in a shuffle, the figure too large, or too small. */
export interface Sentences {
  readonly fair: string;
  readonly above: string;
  readonly below: string;
}

type Named = Pick<CertificateTest, 'name' | 'title' | 'distance'>;

/** Judges a figure by its chance. */
export function testOf(
  figure: Omit<CertificateTest, 'passed' | 'sentence'>,
  { fair, above, below }: Sentences,
): CertificateTest {
  const passed = figure.chance >= threshold;
  return { ...figure, passed, sentence: passed ? fair : figure.value > figure.expected ? above : below };
}

/** Judges a figure that is normally distributed over all orders. */
export function normalTest(
  named: Named,
  { value, expected, variance }: { readonly value: number; readonly expected: number; readonly variance: number },
  sentences: Sentences,
): CertificateTest {
  const deviations = (value - expected) / Math.sqrt(variance);
  return testOf({ ...named, value, expected, deviations, chance: normalChance(deviations) }, sentences);
}

/** Judges a chi-square. */
export function chiSquareTest(
  named: Named,
  { value, degreesOfFreedom }: ChiSquare,
  sentences: Sentences,
): CertificateTest {
  const deviations = (value - degreesOfFreedom) / Math.sqrt(2 * degreesOfFreedom);
  const chance = chiSquareChance(value, degreesOfFreedom);
  return testOf({ ...named, value, expected: degreesOfFreedom, deviations, degreesOfFreedom, chance }, sentences);
}
