import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './measure.mjs';

/**
 * One run into a fresh folder, removed afterwards unless it shall be kept. Its temporary folder stands beside it and is always removed.
 * @param {import('./engines/engine.mjs').Engine} engine
 * @param {import('./make-data.mjs').Dataset} dataset
 * @param {string} output An absolute path.
 * @param {{ check?: (glob: string, shards: number | undefined) => void, keep?: boolean, timeoutSeconds?: number }} [options]
 *   `check` looks at the output before it is removed.
 */
export async function runOnce(engine, dataset, output, { check, keep = false, timeoutSeconds } = {}) {
  const temporaryFolder = `${output}.tmp`;
  for (const folder of [output, temporaryFolder]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(temporaryFolder, { recursive: true });
  settle();
  try {
    const { program, args, environment } = engine.command(dataset, output, temporaryFolder);
    const { stdout, ...measured } = await measure(program, args, {
      cwd: temporaryFolder,
      env: { ...process.env, TMPDIR: temporaryFolder, ...environment },
      temporaryFolder,
      timeoutSeconds,
    });
    check?.(join(output, engine.outputGlob), engine.shards);
    const files = readdirSync(output, { recursive: true }).filter((path) => path.endsWith('.parquet'));
    return {
      ...measured,
      ...engine.notes?.(stdout),
      outputBytes: files.reduce((sum, path) => sum + statSync(join(output, path)).size, 0),
      files: files.length,
    };
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
    if (!keep) rmSync(output, { recursive: true, force: true });
  }
}

/** What the run before left in the page cache unwritten must not slow this one. */
function settle() {
  spawnSync('sync');
}
