import { median, pairedRatio } from '../statistics.mjs';
import { ratio } from './format.mjs';
import { engineTitles } from './workload-table.mjs';

/** What Riffle's time over another's shall be at most, as issue 6 has it. */
const aims = {
  tokens: { native: 0.7, script: 0.4, transcode: 1.4 },
  audio: { native: 0.9, script: 0.4, transcode: 1.3 },
  narrow: { native: 0.8, script: 0.05, transcode: 1.8 },
  text: { native: 0.8, script: 0.3, transcode: 1.4 },
};

/** One row for each aim of a workload that was measured. @param {readonly object[]} results Of the section `workloads`. */
export function aimsTable(results) {
  return results
    .filter(({ name, runs }) => name in aims && runs.riffle?.length > 0)
    .flatMap(({ name, runs, failures }) =>
      Object.entries(aims[name]).map(([against, aim]) => {
        const peer = against === 'native' ? fastestOf(runs, ['duckdb', 'polars']) : against;
        const [full, counts] = ['riffle', 'counts'].map((engine) => pairedRatio(runs[engine], runs[peer]));
        return {
          workload: name,
          against:
            against === 'native' ? `the fastest of DuckDB and Polars${peer ? `: ${peer}` : ''}` : engineTitles[peer],
          aim: `≤ ${aim}`,
          ratio: ratio(full),
          met: full === undefined ? (failures[peer] ?? 'not measured') : full <= aim ? 'yes' : '**no**',
          'with counts': ratio(counts),
        };
      }),
    );
}

/** By the median; undefined if none ran to its end. */
function fastestOf(runs, names) {
  return names
    .filter((name) => runs[name]?.length > 0)
    .toSorted((a, b) => medianSeconds(runs[a]) - medianSeconds(runs[b]))[0];
}

function medianSeconds(runs) {
  return median(runs.map((run) => run.seconds));
}
