import { join } from 'node:path';
import { SEED, SHARDS, THREADS } from './engine.mjs';
import { pythonEnvironment, pythonProgram, pythonScript, whatPythonLacks } from './python.mjs';

/**
 * The script people have, around Hugging Face `datasets`.
 * @param {string} [interpreter] A Python that has `datasets`, in place of the one that tools/consumers installs.
 * @returns {import('./engine.mjs').Engine}
 */
export const script = (interpreter) => ({
  name: 'script',
  title: 'script',
  outputGlob: '*.parquet',
  shards: SHARDS,
  // Minutes a run elsewhere: after a shuffle, every row is fetched by itself.
  mostRuns: (workload) => (workload === 'tokens' || workload === 'audio' ? undefined : 1),
  whatIsMissing: () => whatPythonLacks(interpreter, 'datasets'),
  command: (dataset, output, temporaryFolder) => ({
    program: pythonProgram(interpreter),
    args: [
      pythonScript('script_job.py'),
      output,
      String(SHARDS),
      SEED,
      String(THREADS),
      ...dataset.collections.map(({ path }) => path),
    ],
    environment: {
      ...pythonEnvironment,
      HF_HOME: join(temporaryFolder, 'huggingface'),
      HF_DATASETS_CACHE: join(temporaryFolder, 'huggingface', 'datasets'),
      HF_HUB_OFFLINE: '1',
      HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
    },
  }),
});
