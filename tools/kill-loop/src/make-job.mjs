import { join } from 'node:path';
import { corruptPage, makeDataset } from '@riffle/testkit';

/** One recipe for each way to move rows, one that replaces another result, and one that replaces its own. */
export const variants = ['memory', 'spill', 'passes', 'overwrite', 'again'];

/** Number of the shard that turns out bad when its last page is decoded. */
const lateShard = 4;

/**
 * Two collections of three shards, 300 rows. One shard has a footer that is sound and a page that is not, so every job scatters, finds
 * out, plans anew and scatters again.
 */
async function makeCollections(folder, textRepeated) {
  const { files } = await makeDataset(folder, {
    rowsPerShard: 50,
    columns: {
      id: "printf('row-%08d', i)",
      speaker: "'speaker-' || hash(i, seed, 'speaker') % 5",
      text: `CASE WHEN hash(i, seed, 'null') % 10 = 0 THEN NULL ELSE repeat(md5(i::VARCHAR), ${textRepeated}) END`,
      codes:
        "list_transform(range((hash(i, seed, 'length') % 12)::BIGINT), lambda k: (hash(i, seed, k) % 1024)::INTEGER)",
    },
  });
  await corruptPage(files[lateShard].path);
}

/** Makes the inputs in `<folder>/in`, and in `<folder>/wide` those that need more than one pass. */
export async function makeInput(folder) {
  await makeCollections(join(folder, 'in'), 20);
  await makeCollections(join(folder, 'wide'), 2200);
}

/**
 * Relative paths start at `<folder>/<any>/`: a folder for each try, beside the input.
 *
 * @param {string} variant one of {@link variants}
 */
export function recipeOf(variant) {
  const input = variant === 'passes' ? 'wide' : 'in';
  return {
    collections: ['a', 'b'].map((name) => ({ name, path: `../${input}/${name}` })),
    output: 'out',
    tempDir: 'temp',
    shards: 6,
    // One worker keeps the order of calls, and what is killed, nearly the same from run to run.
    workers: 1,
    rowGroupBytes: '1MiB',
    memory: variant === 'passes' ? '145MB' : '512MB',
    strategy: variant === 'overwrite' || variant === 'again' ? 'spill' : variant,
    overwrite: variant === 'overwrite' || variant === 'again',
  };
}

/** The result that stands in the output folder before an `overwrite` job: another seed, more shards. */
export function oldRecipe() {
  return { ...recipeOf('memory'), seed: 'old', shards: 8 };
}
