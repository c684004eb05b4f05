import { beyondTheBudget } from '../sections/scale.mjs';
import { summarise } from '../statistics.mjs';
import { beyond, count, megabytes, ratio, seconds, shortSeconds } from './format.mjs';

/** What a job costs by its size. `cost` is the median. */
export function scaleFigures({ rows, bytes, runs, budgetBytes }) {
  const [summary] = Object.values(runs)
    .filter((list) => list.length > 0)
    .map(summarise);
  if (summary === undefined) return undefined;
  const { seconds: time, cpuSeconds, peakBytes, temporaryBytes } = summary;
  return {
    time,
    cpuSeconds: cpuSeconds.median,
    microsecondsPerRow: (time.median / rows) * 1e6,
    secondsPerGigabyte: (time.median / bytes) * 1e9,
    peakBytes: peakBytes.maximum,
    temporaryBytes: temporaryBytes.maximum,
    budgetBytes,
  };
}

/** One row for each job. @param {readonly object[]} results Of the section `scale`. */
export function scaleTable(results) {
  return results.map((result) => {
    const { name, rows, files, bytes, budgetBytes, strategy, shards, failures } = result;
    const figures = scaleFigures(result);
    return {
      job: name,
      rows: count(rows),
      'input files': `${count(files)}, ${megabytes(bytes)}`,
      shards: count(shards),
      budget: megabytes(budgetBytes),
      strategy,
      time: figures ? seconds(figures.time) : Object.values(failures)[0],
      cpu: figures ? shortSeconds(figures.cpuSeconds) : '',
      'a row': figures ? `${figures.microsecondsPerRow.toFixed(2)} µs` : '',
      'a GB of input': figures ? shortSeconds(figures.secondsPerGigabyte) : '',
      'peak memory': figures ? megabytes(figures.peakBytes) : '',
      'over budget': figures ? beyond(figures.peakBytes, budgetBytes) : '',
      'temporary disk': figures ? megabytes(figures.temporaryBytes) : '',
    };
  });
}

/** Time per byte of data beyond the budget over that of data that fits. */
export function beyondTable(results) {
  const named = (wanted) => results.find(({ name, runs }) => name === wanted && runs.riffle?.length > 0);
  return beyondTheBudget.flatMap(({ large, fits }) => {
    const [much, little] = [named(large), named(fits)];
    if (much === undefined || little === undefined) return [];
    const value = scaleFigures(much).secondsPerGigabyte / scaleFigures(little).secondsPerGigabyte;
    const share = ({ decodedBytes, budgetBytes }) => `${(decodedBytes / budgetBytes).toFixed(1)} times`;
    return [
      {
        job: `${large} (${much.strategy})`,
        'decoded, over its budget': share(much),
        'one that fits': `${fits} (${little.strategy})`,
        'its decoded, over its budget': share(little),
        'time per byte, ratio': ratio(value),
        aim: '≤ 2.2',
        met: value <= 2.2 ? 'yes' : '**no**',
      },
    ];
  });
}
