/** Neighbouring values as one: `[from, to)` by index. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
}

/**
 * At most `most` bands of as equal a number of values as can be, in order; one value each if there are no more of them.
 * Least and greatest are kept, so that a single odd value still shows.
 */
export function bandsOf(values: readonly number[], most: number): readonly Band[] {
  const count = Math.min(values.length, most);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.floor(((index + 1) * values.length) / count);
    let [least, greatest, sum] = [Infinity, -Infinity, 0];
    for (let place = from; place < to; place++) {
      const value = values[place]!;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
    }
    return { from, to, least, most: greatest, mean: sum / (to - from) };
  });
}
