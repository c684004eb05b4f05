import { allEngines } from '../engines/index.mjs';
import { pairedRatio, summarise } from '../statistics.mjs';
import { beyond, megabytes, ratio, seconds, shortSeconds } from './format.mjs';

/** The engines as they stand in tables, in their order. */
export const engineTitles = Object.fromEntries(allEngines([], undefined).map(({ name, title }) => [name, title]));

const cells = [
  'runs',
  'time',
  'ratio',
  'cpu',
  'peak memory',
  'over budget',
  'anonymous',
  'temporary disk',
  'read',
  'written',
  'output',
];

/** One row for each workload and engine, also for those that could not do it. @param {readonly object[]} results Of the section `workloads`. */
export function workloadTable(results) {
  return results.flatMap((result) =>
    Object.keys(engineTitles)
      .filter((engine) => result.runs[engine]?.length > 0 || engine in result.failures)
      .map((engine) => ({
        workload: result.name,
        engine: engineTitles[engine],
        ...Object.fromEntries(cells.map((cell) => [cell, ''])),
        ...rowOf(result, engine),
      })),
  );
}

function rowOf({ runs, failures, budgetBytes }, engine) {
  if (engine in failures) return { runs: '0', time: failures[engine].replaceAll('|', '\\|') };
  const summary = summarise(runs[engine]);
  return {
    runs: String(runs[engine].length),
    time: seconds(summary.seconds),
    ratio: engine === 'riffle' ? '' : ratio(pairedRatio(runs.riffle, runs[engine])),
    cpu: shortSeconds(summary.cpuSeconds.median),
    'peak memory': megabytes(summary.peakBytes.maximum),
    'over budget': /^(riffle|counts)/.test(engine) ? beyond(summary.peakBytes.maximum, budgetBytes) : '',
    anonymous: megabytes(summary.peakAnonymousBytes.maximum),
    'temporary disk': megabytes(summary.temporaryBytes.maximum),
    read: megabytes(summary.readBytes.median),
    written: megabytes(summary.writtenBytes.median),
    output: megabytes(summary.outputBytes.median),
  };
}
