import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { placesOf, TOOL } from './environments.mjs';

/**
 * Runs a script of `python/`, or Python code, in an environment. Returns what it wrote to stdout.
 *
 * @param environment One of `ENVIRONMENTS`.
 * @param words The script's name and its arguments, or `-c` and code.
 * @param scratch The working folder, which takes the caches of the Hugging Face libraries, too.
 */
export async function runPython(environment, words, { scratch }) {
  const { interpreter } = placesOf(environment);
  const [first, ...others] = words;
  const { stdout } = await promisify(execFile)(
    interpreter,
    [first === '-c' ? first : join(TOOL, 'python', first), ...others],
    {
      cwd: scratch,
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        // No byte code beside the scripts, and no word with the hub.
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONUTF8: '1',
        HF_HOME: join(scratch, 'huggingface'),
        HF_HUB_OFFLINE: '1',
        HF_DATASETS_DISABLE_PROGRESS_BARS: '1',
        NUMBA_CACHE_DIR: join(scratch, 'numba'),
      },
    },
  );
  return stdout;
}

/** The JSON that a script prints. */
export async function askPython(environment, words, options) {
  return JSON.parse(await runPython(environment, words, options));
}
