import jstat from 'jstat';
import { smallestChance } from './thresholds.ts';

const { jStat } = jstat;

/** Below this many degrees of freedom a chi-square near zero is ordinary, since counts are whole numbers. */
const fewestForTooEven = 100;

/** A chance in its bounds. */
export function boundedChance(chance: number): number {
  return Math.min(1, Math.max(smallestChance, chance));
}

/** The chance that a normal variable is at least as many deviations off, to either side. */
export function normalChance(deviations: number): number {
  return boundedChance(jStat.erfc(Math.abs(deviations) / Math.SQRT2));
}

/** The chance that a chi-square is at least this large, or, with many degrees of freedom, as much too small; doubled for the two sides. */
export function chiSquareChance(value: number, degreesOfFreedom: number): number {
  const below = jStat.chisquare.cdf(value, degreesOfFreedom);
  if (degreesOfFreedom < fewestForTooEven) return boundedChance(1 - below);
  return boundedChance(2 * Math.min(below, 1 - below));
}
