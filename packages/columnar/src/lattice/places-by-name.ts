import type { Field } from 'apache-arrow';

/** Where each name stands, the last place first, so that `pop` gives the next. Names may repeat, and there may be very many. */
export function placesByName(fields: readonly Field[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let index = fields.length - 1; index >= 0; index--) {
    const { name } = fields[index]!;
    const same = places.get(name);
    if (same === undefined) places.set(name, [index]);
    else same.push(index);
  }
  return places;
}
