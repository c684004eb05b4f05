/** @import { SampleDescription } from './description.mjs' */

// Tells a recipe of ours from one that somebody wrote, which is never replaced.
export const RECIPE_HEAD = '# Written by tools/sample. To change it, copy it: the next sample replaces it.\n';

/** Few enough that each shard has some dozens of rows to look at. */
const SHARDS = 16;

/**
 * The job that `npm start` runs on the sample. Relative paths start at the recipe's folder.
 *
 * @param {SampleDescription} description
 * @returns {string} YAML.
 */
export function recipeFor({ collections }) {
  const lines = collections.flatMap(({ name, path, expect }) => [
    `  - name: ${name}`,
    `    path: ${path}`,
    `    expect: ${expect}`,
  ]);
  return `${RECIPE_HEAD}collections:\n${lines.join('\n')}\noutput: combined_${SHARDS}\nshards: ${SHARDS}\n`;
}
