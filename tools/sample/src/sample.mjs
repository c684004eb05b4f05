import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { COLLECTIONS } from './collections.mjs';
import { makeShards } from './crew.mjs';
import { describeSample } from './description.mjs';
import { digestOfInputs } from './inputs.mjs';
import { DESCRIPTION_FILE, MARKER_FILE, RECIPE_FILE, collectionPath } from './layout.mjs';
import { RECIPE_HEAD, recipeFor } from './recipe.mjs';
import { findFinishedSample } from './stamp.mjs';
import { planShards } from './utterances.mjs';

/** @import { CollectionPlan } from './collections.mjs' */
/** @import { SampleDescription } from './description.mjs' */

/** Something stands where a part of the sample is to go, and this tool did not make it. */
export class ForeignPathError extends Error {
  /** @param {string} path */
  constructor(path) {
    super(`${path} was not made by this tool and would be lost. Choose another --out.`);
    this.name = 'ForeignPathError';
    this.path = path;
  }
}

// Each thread needs about 200 MB, and there are not shards enough to keep more threads busy.
const MAXIMUM_THREADS = 8;

/**
 * Makes the sample, unless it is there already.
 *
 * @param {object} options
 * @param {string} options.out The folder to make it in.
 * @param {boolean} [options.force] Make it even if it is there. Default: no.
 * @param {readonly CollectionPlan[]} [options.collections] Default: the real ones. Tests take less.
 * @param {number} [options.threads] Default: the machine's CPUs. Does not change the result.
 * @returns {Promise<{ description: SampleDescription, fresh: boolean }>} `fresh`: it was made just now.
 * @throws {ForeignPathError} when the sample would replace what it did not make.
 */
export async function makeSample({ out, force = false, collections = COLLECTIONS, threads }) {
  const madeFrom = digestOfInputs(collections);
  const finished = force ? undefined : findFinishedSample(out, madeFrom);
  if (finished !== undefined) return { description: finished, fresh: false };

  clear(out, collections);
  const plans = planShards(collections);
  const jobs = plans
    .filter(({ state }) => state !== 'missing')
    .map((plan) => ({ folder: join(out, collectionPath(plan.collection), plan.name), plan }));
  const made = await makeShards(jobs, threads ?? Math.min(availableParallelism(), MAXIMUM_THREADS));
  const description = describeSample(madeFrom, plans, made);
  writeFileSync(join(out, RECIPE_FILE), recipeFor(description));
  writeFileSync(join(out, DESCRIPTION_FILE), `${JSON.stringify(description, null, 2)}\n`);
  return { description, fresh: true };
}

/**
 * @param {string} out
 * @param {readonly CollectionPlan[]} collections
 */
function clear(out, collections) {
  const folders = collections.map(({ name }) => join(out, name));
  // All are looked at before any is removed.
  const recipe = join(out, RECIPE_FILE);
  if (existsSync(recipe) && !readFileSync(recipe, 'utf8').startsWith(RECIPE_HEAD)) throw new ForeignPathError(recipe);
  for (const folder of folders) {
    if (existsSync(folder) && !isOurs(folder)) throw new ForeignPathError(folder);
  }
  rmSync(join(out, DESCRIPTION_FILE), { force: true });
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, MARKER_FILE), '');
  }
}

/** @param {string} folder */
function isOurs(folder) {
  const entries = readdirSync(folder);
  return entries.length === 0 || entries.includes(MARKER_FILE);
}
