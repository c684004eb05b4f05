import { fileURLToPath } from 'node:url';
import { THREADS } from './engine.mjs';

const TRANSCODE = fileURLToPath(new URL('../transcode-job.mjs', import.meta.url));
const paths = ({ collections }) => collections.map(({ path }) => path);

/** The least that anything can take that reads every byte of the input and writes as many. @type {import('./engine.mjs').Engine} */
export const copy = {
  name: 'copy',
  title: '`cp`',
  outputGlob: '**/*.parquet',
  command: (dataset, output) => ({
    program: 'sh',
    args: ['-c', 'mkdir "$0" && cp -r "$@" "$0"', output, ...paths(dataset)],
  }),
};

/** Riffle's own reader and writer with no shuffle: what is left is the shuffle and the proof. @type {import('./engine.mjs').Engine} */
export const transcode = {
  name: 'transcode',
  title: 'transcode',
  // Where opening and closing files is all there is to do.
  mostRuns: (workload) => (workload === 'tiny' ? 1 : undefined),
  outputGlob: '*.parquet',
  command: (dataset, output) => ({
    program: process.execPath,
    args: [TRANSCODE, output, String(THREADS), ...paths(dataset)],
  }),
};
