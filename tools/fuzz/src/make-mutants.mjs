import { seededRandom } from '@riffle/testkit';
import { mutations } from './mutations.mjs';
import { takeApart } from './parquet-parts.mjs';

/** Tries before a mutant is given another file: not every file has every part, and some edits change nothing. */
const TRIES = 50;

/**
 * Mutant `index` of a seed: the same on every machine, whatever others are made.
 * @returns `{ index, origin, mutation, bytes }`, where bytes differ from those of the origin.
 */
export function makeMutant(origins, seed, index) {
  const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  for (let tries = 0; tries < TRIES; tries++) {
    const origin = random.pick(origins);
    const mutation = random.pick(mutations);
    const other = takeApart(random.pick(origins).bytes);
    const bytes = mutation.make({ parts: takeApart(origin.bytes), random, other });
    if (bytes !== undefined && Buffer.compare(bytes, origin.bytes) !== 0) return { index, origin, mutation, bytes };
  }
  throw new Error(`No mutant ${index} of seed ${seed} could be made.`);
}
