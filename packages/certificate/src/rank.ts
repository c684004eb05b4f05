/** Ranks of values, and how much they can tell. */
export interface Ranks {
  /** For each value its rank, 0 … length − 1, no two equal. Equal values have theirs in random order. */
  readonly ranks: Float64Array;
  /** How many different values there are. */
  readonly distinct: number;
  /** How often the most frequent value is there. */
  readonly mostFrequent: number;
  /** For each value its number among the different ones, in their order. */
  readonly valueOf: Uint32Array;
}

/** The generator "mulberry32" by Tommy Ettinger, with a fixed seed: the same values get the same ranks. */
function createDraw(): (bound: number) => number {
  let state = 0x52494646;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

/** The numbers 0 … length − 1 in random order (R. Durstenfeld, "Algorithm 235", 1964). */
function randomOrder(length: number): Uint32Array {
  const draw = createDraw();
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let index = length - 1; index > 0; index--) {
    const other = draw(index + 1);
    const held = order[index]!;
    order[index] = order[other]!;
    order[other] = held;
  }
  return order;
}

/** @param sorted the values, ascending by `<` */
function rankAmong<Value>(values: ArrayLike<Value>, sorted: ArrayLike<Value>): Ranks {
  const { length } = values;
  // Of each different value where it begins in `sorted`.
  const starts: number[] = [];
  for (let index = 0; index < length; index++)
    if (index === 0 || sorted[index] !== sorted[index - 1]) starts.push(index);
  const numberOf = (value: Value): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (value < sorted[starts[middle]!]!) high = middle - 1;
      else low = middle;
    }
    return low;
  };
  const taken = new Uint32Array(starts.length);
  const valueOf = new Uint32Array(length);
  const ranks = new Float64Array(length);
  for (const index of randomOrder(length)) {
    const number = numberOf(values[index]!);
    valueOf[index] = number;
    ranks[index] = starts[number]! + taken[number]!++;
  }
  return {
    ranks,
    distinct: starts.length,
    mostFrequent: taken.reduce((most, count) => Math.max(most, count), 0),
    valueOf,
  };
}

/**
 * Ranks of numbers; NaN counts as infinity. Which of equal values comes first is drawn without regard to their places. If all orders of the values are
 * equally likely, so are all orders of such ranks: tests of ranks stay exact, whatever the ties.
 */
export function rankNumbers(values: Float64Array): Ranks {
  const clean = values.map((value) => (Number.isNaN(value) ? Infinity : value));
  return rankAmong(clean, clean.toSorted());
}

/** As {@link rankNumbers}, of texts in the order of their UTF-16 code units. */
export function rankTexts(values: readonly string[]): Ranks {
  // oxlint-disable-next-line typescript/require-array-sort-compare -- the order of code units is the one that `<` has
  return rankAmong(values, values.toSorted());
}
