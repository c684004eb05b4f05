import { fileURLToPath } from 'node:url';
import { SEED, SHARDS, THREADS } from './engine.mjs';

const JOB = fileURLToPath(new URL('../duckdb-job.mjs', import.meta.url));

/** @type {import('./engine.mjs').Engine} */
export const duckdb = {
  name: 'duckdb',
  title: 'duckdb',
  outputGlob: '*/*.parquet',
  shards: SHARDS,
  command: (dataset, output) => ({
    program: process.execPath,
    args: [JOB, dataset.glob, output, String(SHARDS), SEED, String(THREADS)],
  }),
};
