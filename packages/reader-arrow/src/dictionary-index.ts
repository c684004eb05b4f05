import type { DictionaryPlace } from './message-place.ts';

/** Finds the dictionaries that a batch needs among all of a file. */
export interface DictionaryIndex {
  /**
   * What stands before a batch, in order, without what was replaced there before it.
   * @param before dictionaries of the file stand in front of the batch
   * @param given of these have been decoded in front of an earlier batch
   */
  readonly needed: (before: number, given: number) => readonly DictionaryPlace[];
}

/** Each column has a dictionary of its own number, which a later one replaces, or adds to. */
export function indexDictionaries(places: readonly DictionaryPlace[]): DictionaryIndex {
  const byId = new Map<number, number[]>();
  for (const [index, { id }] of places.entries()) {
    const found = byId.get(id);
    if (found === undefined) byId.set(id, [index]);
    else found.push(index);
  }
  return {
    needed: (before, given) => {
      if (before === given) return [];
      const needed: number[] = [];
      for (const indices of byId.values())
        for (let last = countBelow(indices, before) - 1; last >= 0 && indices[last]! >= given; last--) {
          needed.push(indices[last]!);
          if (!places[indices[last]!]!.isDelta) break;
        }
      return needed.toSorted((one, other) => one - other).map((index) => places[index]!);
    },
  };
}

/** How many of the ascending numbers are below a bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
