import { median, pairedRatio } from '../statistics.mjs';
import { ratio, shortSeconds } from './format.mjs';

const medianOf = (runs, key) => shortSeconds(median(runs.map((run) => run[key])));

/** What `--verify full` costs over `--verify counts`: one row for each workload of which both were measured. */
export function proofCost(results) {
  return results
    .filter(({ runs }) => runs.riffle?.length > 0 && runs.counts?.length > 0)
    .map(({ name, runs: { riffle, counts } }) => ({
      workload: name,
      full: medianOf(riffle, 'seconds'),
      counts: medianOf(counts, 'seconds'),
      ratio: ratio(pairedRatio(riffle, counts)),
      'full, cpu': medianOf(riffle, 'cpuSeconds'),
      'counts, cpu': medianOf(counts, 'cpuSeconds'),
      'ratio, cpu': ratio(pairedRatio(riffle, counts, 'cpuSeconds')),
    }));
}
