import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from './run-python.mjs';
import { runRiffle } from './run-riffle.mjs';

/** Bytes of the Parquet files directly in a folder. */
function bytesOf(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.parquet'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/**
 * Makes a collection of `python/make_stored.py`. Returns its folder and bytes.
 *
 * @param scale Times the rows of scale 1.
 */
export async function makeStored(scratch, workload, writer, scale) {
  const folder = join(scratch, `${workload}-${writer}`);
  await runPython('datasets-5', ['make_stored.py', workload, writer, folder, String(scale)], { scratch });
  return { folder, bytes: bytesOf(folder) };
}

/** Bytes of what Riffle makes of a collection, and the seconds it took, with such flags. The output is removed. */
export async function storedSize(scratch, folder, ...flags) {
  const output = join(scratch, 'sizes');
  const { seconds } = await runRiffle({ stored: folder }, output, ...flags);
  const bytes = bytesOf(output);
  rmSync(output, { recursive: true });
  return { bytes, seconds };
}
