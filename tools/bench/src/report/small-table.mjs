import { median, summarise } from '../statistics.mjs';
import { megabytes, seconds, shortSeconds } from './format.mjs';

const titles = { node: '`node -e 0`', version: '`riffle --version`', job: '`riffle run` on the sample of `npm start`' };

/** One row for each command. @param {readonly object[]} results Of the section `small`. */
export function smallTable(results) {
  return results.flatMap(({ runs }) =>
    Object.entries(titles).map(([command, title]) => {
      const { seconds: time, cpuSeconds, peakBytes } = summarise(runs[command]);
      const longer = runs[command].map((run, turn) => run.seconds - runs.node[turn].seconds);
      return {
        command: title,
        runs: String(runs[command].length),
        time: seconds(time),
        'beyond Node’s own start': command === 'node' ? '' : shortSeconds(median(longer)),
        cpu: shortSeconds(cpuSeconds.median),
        'peak memory': megabytes(peakBytes.maximum),
      };
    }),
  );
}
