import { seededRandom } from '@riffle/testkit';
import { placesOf } from './faults.mjs';

/** Power failures after a job that was done: each takes other things away. */
const afterTheEnd = 5;

/**
 * All points, or a seeded sample of them.
 *
 * @param {ReadonlyMap<string, { counts: readonly object[] }>} worlds by variant
 * @param {readonly import('./faults.mjs').FaultKind[]} kinds
 * @param {{ seed: number, every?: number, sample?: number }} choice every how many-th call, or how many points in all
 * @returns {import('./try-point.mjs').Point[]}
 */
export function choosePoints(worlds, kinds, { seed, every = 1, sample }) {
  const random = seededRandom(seed);
  const points = [];
  for (const kind of kinds) {
    for (const [variant, { counts }] of worlds) {
      const places = placesOf(kind, counts);
      for (let number = 1 + random.below(every); number <= places; number += every)
        points.push({ variant, kind, number, seed: random.uint32() });
      for (let time = 0; kind.power && time < afterTheEnd; time++)
        points.push({ variant, kind, number: 'end', seed: random.uint32() });
    }
  }
  if (sample === undefined) return points;
  return points
    .map((point) => ({ point, order: random.uint32() }))
    .sort((one, other) => one.order - other.order)
    .slice(0, sample)
    .map(({ point }) => point);
}
