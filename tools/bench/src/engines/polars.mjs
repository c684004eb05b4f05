import { SEED, SHARDS, THREADS } from './engine.mjs';
import { pythonEnvironment, pythonProgram, pythonScript, whatPythonLacks } from './python.mjs';

/**
 * Polars: read, sample, write slices.
 * @param {string} [interpreter] A Python that has `polars`, in place of the one that tools/consumers installs.
 * @returns {import('./engine.mjs').Engine}
 */
export const polars = (interpreter) => ({
  name: 'polars',
  title: 'polars',
  outputGlob: '*.parquet',
  shards: SHARDS,
  whatIsMissing: () => whatPythonLacks(interpreter, 'polars'),
  command: (dataset, output) => ({
    program: pythonProgram(interpreter),
    args: [pythonScript('polars_job.py'), dataset.glob, output, String(SHARDS), SEED],
    environment: { ...pythonEnvironment, POLARS_MAX_THREADS: String(THREADS) },
  }),
});
