import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESCRIPTION_FILE, RECIPE_FILE } from './layout.mjs';
import { sha256 } from './sha256.mjs';

/** @import { SampleDescription } from './description.mjs' */

/**
 * The description is written last, so it doubles as the stamp of a finished sample. Every file is hashed
 * again: tests trust the sample, so a damaged one must not pass for whole.
 *
 * @param {string} out
 * @param {string} madeFrom
 * @returns {SampleDescription | undefined} What is there, if it is what would be made.
 */
export function findFinishedSample(out, madeFrom) {
  try {
    /** @type {SampleDescription} */
    const description = JSON.parse(readFileSync(join(out, DESCRIPTION_FILE), 'utf8'));
    const intact = description.collections.every(({ path, shards }) =>
      shards.every(
        ({ file }) => file === undefined || sha256(readFileSync(join(out, path, file.path))) === file.sha256,
      ),
    );
    return intact && existsSync(join(out, RECIPE_FILE)) && description.madeFrom === madeFrom ? description : undefined;
  } catch {
    // No description, one that is half written, or a file that is gone: all the same, it has to be made.
    return undefined;
  }
}
