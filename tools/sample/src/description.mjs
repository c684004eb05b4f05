import { DATA_FILE, collectionPath } from './layout.mjs';

/** @import { MadeShard } from './shard-maker.mjs' */
/** @import { ShardPlan } from './utterances.mjs' */

/**
 * What `riffle-sample.json` says: enough for a test to know what Riffle must find. It holds no time and no
 * absolute path, so it, too, is the same wherever and whenever the sample is made.
 *
 * @typedef {object} SampleDescription
 * @property {string} madeFrom Digest of all that the sample's bytes depend on.
 * @property {number} utterances In all files, the truncated one included.
 * @property {number} readableRows What Riffle can merge: all but those in the truncated file.
 * @property {number} seconds Of audio in `utterances`.
 * @property {number} bytes Of all files.
 * @property {string[]} speakers
 * @property {CollectionDescription[]} collections
 *
 * @typedef {object} CollectionDescription
 * @property {string} name
 * @property {string} path Relative to the folder of `riffle-sample.json`, with `/`.
 * @property {number} expect How many shards there should be, the missing one included.
 * @property {number} readableRows
 * @property {ShardDescription[]} shards
 *
 * @typedef {object} ShardDescription
 * @property {string} name The name of the shard's folder.
 * @property {'whole' | 'missing' | 'truncated'} state
 * @property {number} rows In the file; in a truncated one: before it was cut off; 0 if missing.
 * @property {FileDescription} [file] Absent if missing.
 *
 * @typedef {object} FileDescription
 * @property {string} path Relative to the collection's.
 * @property {number} bytes
 * @property {number} wholeBytes Before it was cut off; else equal to `bytes`.
 * @property {string} sha256
 */

/**
 * @param {string} madeFrom
 * @param {readonly ShardPlan[]} plans
 * @param {ReadonlyMap<ShardPlan, MadeShard>} made Without the missing shards.
 * @returns {SampleDescription}
 */
export function describeSample(madeFrom, plans, made) {
  const present = plans.filter((plan) => made.has(plan));
  const results = plans.flatMap((plan) => made.get(plan) ?? []);
  return {
    madeFrom,
    utterances: rowsOf(present),
    readableRows: rowsOf(present.filter(({ state }) => state === 'whole')),
    // To the millisecond: a sum of many fractions would show digits that mean nothing.
    seconds: Math.round(results.reduce((sum, { seconds }) => sum + seconds, 0) * 1000) / 1000,
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    speakers: [...new Set(present.flatMap(({ utterances }) => utterances.map(({ speaker }) => speaker)))].sort(),
    collections: [...new Set(plans.map(({ collection }) => collection))].map((name) => {
      const shards = plans.filter(({ collection }) => collection === name);
      return {
        name,
        path: collectionPath(name),
        expect: shards.length,
        readableRows: rowsOf(shards.filter(({ state }) => state === 'whole')),
        shards: shards.map((plan) => describeShard(plan, made.get(plan))),
      };
    }),
  };
}

/**
 * @param {ShardPlan} plan
 * @param {MadeShard | undefined} made
 * @returns {ShardDescription}
 */
function describeShard({ name, state, utterances }, made) {
  if (made === undefined) return { name, state, rows: 0 };
  const { bytes, wholeBytes, sha256 } = made;
  return { name, state, rows: utterances.length, file: { path: `${name}/${DATA_FILE}`, bytes, wholeBytes, sha256 } };
}

/** @param {readonly ShardPlan[]} plans */
function rowsOf(plans) {
  return plans.reduce((sum, { utterances }) => sum + utterances.length, 0);
}
