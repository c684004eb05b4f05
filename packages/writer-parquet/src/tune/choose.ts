import type { WriterProfile } from '@riffle/core';
import type { Candidate } from './candidates.ts';

/** A leaf with the ways it could be stored. */
export interface LeafChoices {
  /** At least one. */
  readonly candidates: readonly Candidate[];
  /** What a row of it takes in the sources, in bytes, if that is known. */
  readonly sourceBytes: number | undefined;
}

/** `balanced` promises 1.15 times the size that the data came in; the sample may be off a little. */
const BALANCED = 1.145;
/** Costs closer than this are equal. */
const EQUAL_COST = 1.1;
/** Sizes closer than this are equal where costs are: then the encoding that is listed first, plain before all, is the one more readers know. */
const EQUAL_SIZE = 1.1;
/** What `balanced` gives away where the source cannot be matched, */
const NEARLY = 1.01;
/** and `smallest` anywhere. */
const HARDLY = 1.001;

/** The cheapest candidate of at most `limit` bytes; of those as cheap, a small one. */
function cheapest(candidates: readonly Candidate[], limit: number): Candidate {
  const allowed = candidates.filter(({ bytes }) => bytes <= limit);
  const leastCost = Math.min(...allowed.map(({ cost }) => cost));
  const cheap = allowed.filter(({ cost }) => cost <= EQUAL_COST * leastCost);
  const leastBytes = Math.min(...cheap.map(({ bytes }) => bytes));
  return cheap.find(({ bytes }) => bytes <= EQUAL_SIZE * leastBytes)!;
}

/**
 * `balanced` measures a leaf by its source or by the best that can be had now, whichever is smaller: that the source was stored
 * carelessly is no reason to do so again.
 */
function limitOf({ candidates, sourceBytes }: LeafChoices, profile: WriterProfile): number {
  const best = Math.min(...candidates.map(({ bytes }) => bytes));
  const limits: Readonly<Record<WriterProfile, number>> = {
    smallest: best * HARDLY,
    balanced: Math.max(BALANCED * Math.min(sourceBytes ?? best, best), NEARLY * best),
    fastest: Infinity,
  };
  return limits[profile];
}

function total(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Makes leaves smaller, where a byte saved costs least first, until all together take `limit` bytes. If they never can, nothing is spent on it.
 * @param chosen is changed
 */
function tighten(leaves: readonly LeafChoices[], chosen: Candidate[], limit: number): void {
  const smallest = leaves.map(({ candidates }) =>
    candidates.reduce((one, other) => (other.bytes < one.bytes ? other : one)),
  );
  if (total(smallest) > limit) return;
  while (total(chosen) > limit) {
    let step: { readonly leaf: number; readonly to: Candidate; readonly price: number } | undefined;
    for (const [leaf, { candidates }] of leaves.entries()) {
      const from = chosen[leaf]!;
      for (const to of candidates) {
        if (to.bytes >= from.bytes) continue;
        const price = (to.cost - from.cost) / (from.bytes - to.bytes);
        if (step === undefined || price < step.price) step = { leaf, to, price };
      }
    }
    if (step === undefined) return;
    chosen[step.leaf] = step.to;
  }
}

/**
 * A candidate for every leaf. The promise of `balanced` is for the leaves together: where one cannot be as small as its source,
 * because the order that made it small is gone, the others have to make up for it if they can.
 */
export function chooseEncodings(leaves: readonly LeafChoices[], profile: WriterProfile): readonly Candidate[] {
  const chosen = leaves.map((leaf) => cheapest(leaf.candidates, limitOf(leaf, profile)));
  const sources = leaves.map(({ sourceBytes }) => sourceBytes);
  if (profile === 'balanced' && !sources.includes(undefined))
    tighten(leaves, chosen, BALANCED * (sources as number[]).reduce((sum, bytes) => sum + bytes, 0));
  return chosen;
}
