import { join } from 'node:path';
import { DESCRIPTION_FILE, RECIPE_FILE } from './layout.mjs';

/** @import { CollectionDescription, SampleDescription, ShardDescription } from './description.mjs' */

/**
 * What the command prints at its end.
 *
 * @param {string} out
 * @param {SampleDescription} description
 * @param {boolean} fresh
 * @param {number} secondsTaken
 * @returns {string}
 */
export function summarise(out, description, fresh, secondsTaken) {
  const { collections, utterances, speakers, seconds, bytes, readableRows } = description;
  const nameWidth = Math.max(...collections.map(({ name }) => name.length));
  const pathWidth = Math.max(...collections.map(({ path }) => join(out, path).length));
  const lines = [
    fresh
      ? `Made in ${secondsTaken.toFixed(1)} s:`
      : `Already there and whole (checked in ${secondsTaken.toFixed(1)} s):`,
    ...collections.map((collection) =>
      `  ${collection.name.padEnd(nameWidth)}  ${join(out, collection.path).padEnd(pathWidth)}  ${shardsOf(collection)}`.trimEnd(),
    ),
    `${utterances} utterances (${readableRows} of them readable) by ${speakers.length} voices (${speakers.join(', ')}), ` +
      `${Math.round(seconds)} s of audio, ${(bytes / 1e6).toFixed(1)} MB`,
    `Described in ${join(out, DESCRIPTION_FILE)}; a recipe to merge it: ${join(out, RECIPE_FILE)}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {CollectionDescription} collection */
function shardsOf({ shards, expect }) {
  const present = shards.filter(({ state }) => state !== 'missing').length;
  const notes = shards.flatMap(noteOn);
  return `${present} of ${expect} shards${notes.length > 0 ? `; ${notes.join(', ')}` : ''}`;
}

/**
 * @param {ShardDescription} shard
 * @returns {string[]}
 */
function noteOn({ name, state, file }) {
  if (state === 'missing') return [`${name} is missing`];
  if (state !== 'truncated' || file === undefined) return [];
  return [`${file.path} is truncated after ${file.bytes} of ${file.wholeBytes} bytes`];
}
