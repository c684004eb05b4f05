/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and largest. @param {readonly number[]} values */
function spread(values) {
  return { median: median(values), minimum: Math.min(...values), maximum: Math.max(...values) };
}

/** The spread of each number that all runs carry. @param {readonly Record<string, unknown>[]} runs At least one. */
export function summarise(runs) {
  const numbers = Object.keys(runs[0]).filter((key) => typeof runs[0][key] === 'number');
  return Object.fromEntries(numbers.map((key) => [key, spread(runs.map((run) => run[key]))]));
}

/**
 * The median of what one took over what another took, of runs in the same turn; undefined if either never ran to its end.
 * @param {readonly Record<string, number>[]} runs
 * @param {readonly Record<string, number>[]} others May be fewer, or more.
 */
export function pairedRatio(runs = [], others = [], key = 'seconds') {
  const pairs = Math.min(runs.length, others.length);
  if (pairs === 0) return undefined;
  return median(runs.slice(0, pairs).map((run, turn) => run[key] / others[turn][key]));
}
