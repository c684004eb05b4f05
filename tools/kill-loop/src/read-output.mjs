import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a try left.
 *
 * @typedef {object} Output
 * @property {Record<string, string>} shards sha256 of every file at a final name
 * @property {string | undefined} digest of plan and receipt, from the manifest; undefined if there is none
 * @property {string[]} entries everything in the output folder, as sorted relative paths
 * @property {string[]} spill everything in the temp folder
 * @property {object | undefined} lock
 */

/** @param {string} folder of the try, with `out` and `temp` below @returns {Output} */
export function readOutput(folder) {
  const output = join(folder, 'out');
  const entries = everythingIn(output);
  const shards = {};
  for (const name of entries.filter((entry) => /^\d{5}\.parquet$/.test(entry)))
    shards[name] = createHash('sha256')
      .update(readFileSync(join(output, name)))
      .digest('hex');
  const manifest = readJson(join(output, '.riffle/manifest.json'));
  return {
    shards,
    digest: manifest?.digest,
    entries,
    spill: everythingIn(join(folder, 'temp')),
    lock: readJson(join(output, '.riffle/lock')),
  };
}

/** A manifest that is no JSON is a problem by itself: no digest is like this one. */
function readJson(file) {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    return { digest: `not JSON: ${text.slice(0, 40)}` };
  }
}

function everythingIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}
