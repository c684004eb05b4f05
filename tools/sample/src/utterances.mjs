import { createRandom } from './random.mjs';
import { newSentence } from './sentences.mjs';

/** @import { CollectionPlan } from './collections.mjs' */
/** @import { Random } from './random.mjs' */
/** @import { Voice } from './voices.mjs' */

/**
 * @typedef {object} Utterance
 * @property {string} text
 * @property {Voice} speaker
 * @property {number} pace
 * @property {string} path The name that the recording would have as a file of its own.
 */

/**
 * @typedef {object} ShardPlan
 * @property {string} collection
 * @property {string} name `00000`, `00001`, …
 * @property {'whole' | 'missing' | 'truncated'} state
 * @property {readonly Utterance[]} utterances
 */

/**
 * Who says what, for all shards, before anything is synthesised: so the texts are distinct across the
 * whole set and do not depend on which thread makes which shard.
 *
 * @param {readonly CollectionPlan[]} collections
 * @returns {ShardPlan[]}
 */
export function planShards(collections) {
  /** @type {Set<string>} */
  const taken = new Set();
  return collections.flatMap((collection) =>
    collection.shardRows.map((rows, shard) => {
      const name = String(shard).padStart(5, '0');
      const random = createRandom(`${collection.name}/${name}`);
      const utterances = Array.from({ length: rows }, (_, row) => ({
        text: newSentence(collection.grammar, random, taken),
        speaker: cast(collection, shard, row, random),
        pace: collection.pace,
        path: `${collection.name}_${name}_${String(row).padStart(4, '0')}.wav`,
      }));
      return { collection: collection.name, name, state: stateOf(collection, shard), utterances };
    }),
  );
}

/**
 * @param {CollectionPlan} collection
 * @param {number} shard
 * @param {number} row
 * @param {Random} random
 * @returns {Voice}
 */
function cast({ casting, voices }, shard, row, random) {
  if (casting === 'any') return random.pick(voices);
  const turn = casting === 'by-shard' ? shard : row;
  return /** @type {Voice} */ (voices[turn % voices.length]);
}

/**
 * @param {CollectionPlan} collection
 * @param {number} shard
 * @returns {ShardPlan['state']}
 */
function stateOf({ missing, truncated }, shard) {
  if (shard === missing) return 'missing';
  return shard === truncated ? 'truncated' : 'whole';
}
