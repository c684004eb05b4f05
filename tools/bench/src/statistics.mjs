/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, least and largest. @param {readonly number[]} values */
export function spread(values) {
  return { median: median(values), minimum: Math.min(...values), maximum: Math.max(...values) };
}

/** The spread of each number that all runs carry. @param {readonly Record<string, number>[]} runs */
export function summarise(runs) {
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, spread(runs.map((run) => run[key]))]));
}
