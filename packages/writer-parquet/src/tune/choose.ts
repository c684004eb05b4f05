import type { WriterProfile } from '@riffle/core';
import type { Candidate } from './candidates.ts';

/** `balanced` promises 1.15 times the size that the data came in; the sample may be off a little. */
const BALANCED = 1.145;
/** Costs closer than this are equal: then the encoding that is listed first, plain before all, is the one more readers know. */
const EQUAL_COST = 1.1;
/** What `smallest` gives away where sizes are all but equal, and `balanced` where the source cannot be matched. */
const NEARLY = 1.01;

/**
 * The cheapest candidate that is small enough.
 * @param sourceBytes What the sample's rows take in the sources, if known and comparable.
 */
export function chooseEncoding(
  candidates: readonly Candidate[],
  profile: WriterProfile,
  sourceBytes: number | undefined,
): Candidate {
  const best = Math.min(...candidates.map(({ bytes }) => bytes));
  const limits: Readonly<Record<WriterProfile, number>> = {
    smallest: best * NEARLY,
    balanced: Math.max(BALANCED * (sourceBytes ?? best), NEARLY * best),
    fastest: Infinity,
  };
  const allowed = candidates.filter(({ bytes }) => bytes <= limits[profile]);
  const least = Math.min(...allowed.map(({ cost }) => cost));
  return allowed.find(({ cost }) => cost <= EQUAL_COST * least)!;
}
