/**
 * A test fails if fewer than one order in a thousand million is as far off. There are at most {@link mostTests} tests, so by Bonferroni's
 * inequality their nominal rate of false alarms is 2·10⁻⁸ for all together. The rest, a factor of 50, is for what the distributions used
 * here are only approximations of: computed exactly at this threshold, with the smallest counts allowed, the approximations
 * are too small by a factor of 12 at most (`tails.spec.ts`).
 */
export const threshold = 1e-9;

/** Two chi-squares, runs, rank correlation, kept neighbours, and a correlation for each of {@link distances}. */
export const mostTests = 20;

/** What is promised: {@link threshold} times {@link mostTests} times 50. */
export const falseAlarms = 1e-6;

/** Chances are computed as 1 minus something near 1, so this stands for all that is smaller. */
export const smallestChance = 1e-15;

/** Rows apart whose source positions are correlated: close ones, and powers of two for buffers and turns of many files. */
export const distances = [1, 2, 3, 4, 5, 6, 7, 8, 16, 32, 64, 128, 256, 512, 1024] as const;

/** With fewer rows the approximations are not good enough at the threshold, and little could be seen. */
export const fewestRows = 1000;

/** Orders of up to this many rows are judged as wholes, longer ones by stretches that have as many together. */
export const mostRows = 2 ** 20;

/** Rows of one stretch. */
export const stretchRows = 4096;

/** Rows that a cell of a chi-square must be expected to have, so that its far tail is near that of the distribution. */
export const fewestExpected = 100;

/** Blocks on each side of the grids. */
export const mostBlocks = 64;
