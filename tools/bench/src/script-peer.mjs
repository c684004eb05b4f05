import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { placesOf, whatIsMissing } from '@riffle/tool-consumers/environments';
import { SEED, SHARDS } from './engines.mjs';

const SCRIPT = fileURLToPath(new URL('../python/script_job.py', import.meta.url));
/** As many as Riffle's workers and DuckDB's threads. */
const PROCESSES = '2';
const ENVIRONMENT = 'datasets-5';

/**
 * The script people have, around Hugging Face `datasets`.
 * @param {string} [interpreter] A Python that has `datasets`, in place of the one that tools/consumers installs.
 * @returns {import('./engines.mjs').Engine}
 */
export const script = (interpreter) => ({
  name: 'script',
  outputGlob: '*.parquet',
  // Minutes a run at scale 1: after a shuffle, every row is fetched by itself.
  mostRuns: { narrow: 1 },
  whatIsMissing: () => (interpreter === undefined ? whatIsMissing([ENVIRONMENT]) : whatLacks(interpreter)),
  command: (dataset, output, temporaryFolder) => ({
    program: interpreter ?? placesOf(ENVIRONMENT).interpreter,
    args: [SCRIPT, output, String(SHARDS), SEED, PROCESSES, ...dataset.collections.map(({ path }) => path)],
    environment: {
      HF_HOME: join(temporaryFolder, 'huggingface'),
      HF_DATASETS_CACHE: join(temporaryFolder, 'huggingface', 'datasets'),
      HF_HUB_OFFLINE: '1',
      HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
    },
  }),
});

function whatLacks(interpreter) {
  return versionsOf(interpreter) === undefined ? `${interpreter} is no Python that has datasets.` : undefined;
}

/** Which Python, `datasets` and pyarrow the script runs on, for the report. @param {string} [interpreter] As of `script`. */
export function versionsOf(interpreter = placesOf(ENVIRONMENT).interpreter) {
  const code =
    "import platform; from importlib.metadata import version; print(f\"Python {platform.python_version()}, datasets {version('datasets')}, pyarrow {version('pyarrow')}\")";
  const { status, stdout } = spawnSync(interpreter, ['-c', code], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
