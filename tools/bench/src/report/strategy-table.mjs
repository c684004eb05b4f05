import { pairedRatio, summarise } from '../statistics.mjs';
import { megabytes, ratio, seconds } from './format.mjs';

const strategies = ['memory', 'spill', 'passes'];

/** One row for each workload and budget. @param {readonly object[]} results Of the section `strategies`. */
export function strategyTable(results) {
  return results.map(({ workload, budget, chosen, refused, runs, failures = {} }) => {
    const ran = strategies.filter((strategy) => runs[strategy]?.length > 0);
    const of = Object.fromEntries(ran.map((strategy) => [strategy, summarise(runs[strategy])]));
    const best = ran.toSorted((a, b) => of[a].seconds.median - of[b].seconds.median)[0];
    return {
      workload,
      budget,
      ...Object.fromEntries(
        strategies.map((strategy) => [
          strategy,
          of[strategy]
            ? seconds(of[strategy].seconds)
            : (failures[strategy] ?? (strategy in refused ? 'not possible' : '')),
        ]),
      ),
      chosen: chosen ?? 'none: the budget is too small',
      'chosen over best': ratio(pairedRatio(runs[chosen], runs[best])),
      'peak memory of chosen': of[chosen] ? megabytes(of[chosen].peakBytes.maximum) : '',
    };
  });
}
