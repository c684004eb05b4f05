import { median } from './statistics.mjs';

const seconds = (runs, key) => `${median(runs.map((run) => run[key])).toFixed(1)} s`;

/** The median of what the full proof takes over what counts take, of runs that followed each other. */
function ratio({ riffle, counts }, key) {
  return median(riffle.map((run, index) => run[key] / counts[index][key])).toFixed(2);
}

/** What `--verify full` costs over `--verify counts`: one row for each workload of which both were measured. */
export function proofCost(results) {
  return results
    .filter(({ runs }) => runs.riffle && runs.counts)
    .map(({ workload, runs }) => ({
      workload,
      full: seconds(runs.riffle, 'seconds'),
      counts: seconds(runs.counts, 'seconds'),
      ratio: ratio(runs, 'seconds'),
      'full, cpu': seconds(runs.riffle, 'cpuSeconds'),
      'counts, cpu': seconds(runs.counts, 'cpuSeconds'),
      'ratio, cpu': ratio(runs, 'cpuSeconds'),
    }));
}
