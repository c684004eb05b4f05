import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { placesOf, TOOL } from './environments.mjs';

/**
 * Runs a script of `python/`, or Python code, in an environment. Returns what it wrote to stdout.
 *
 * @param environment One of `ENVIRONMENTS`.
 * @param words The script's name and its arguments, or `-c` and code.
 * @param scratch A folder for the caches of the Hugging Face libraries, and the working folder unless another is given.
 */
export async function runPython(environment, words, { scratch, workingFolder = scratch, path = [] }) {
  const { interpreter } = placesOf(environment);
  const [first, ...others] = words;
  const { stdout } = await promisify(execFile)(
    interpreter,
    [first === '-c' ? first : join(TOOL, 'python', first), ...others],
    {
      cwd: workingFolder,
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        // Riffle may write into the environment's folder no byte code of a script, and nothing may ask a hub.
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUTF8: '1',
        HF_HOME: join(scratch, 'huggingface'),
        HF_HUB_OFFLINE: '1',
        HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
        NUMBA_CACHE_DIR: join(scratch, 'numba'),
        PATH: [...path, dirname(interpreter), process.env['PATH']].join(':'),
      },
    },
  );
  return stdout;
}

/** The JSON that a script prints. */
export async function askPython(environment, words, options) {
  return JSON.parse(await runPython(environment, words, options));
}
