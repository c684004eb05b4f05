import { GRAMMARS } from './grammars.mjs';

/** @import { Grammar } from './grammars.mjs' */
/** @import { Voice } from './voices.mjs' */

/**
 * @typedef {object} CollectionPlan
 * @property {string} name
 * @property {Grammar} grammar
 * @property {readonly Voice[]} voices Each row is spoken by one of them.
 * @property {'alternate' | 'by-shard' | 'any'} casting Who speaks a row: the voices in turn, one voice for
 *   the whole shard, or any.
 * @property {number} pace How long sounds last compared with the voice's own pace (1.1 is slower).
 * @property {readonly number[]} shardRows Rows of shard 00000, 00001, …, the missing one included.
 * @property {number} [missing] The shard that is left out of the numbering, as if it had never been copied.
 * @property {number} [truncated] The shard whose file is cut off, as if the disk had been full.
 */

/**
 * What is in the sample. Shards are uneven on purpose: evening them out is what Riffle is for. `kal16` speaks
 * half of it, since it is ten times as fast, and the whole is to be made in seconds also on a busy machine.
 *
 * @type {readonly CollectionPlan[]}
 */
export const COLLECTIONS = [
  {
    name: 'tts',
    grammar: GRAMMARS.tts,
    voices: ['kal16', 'slt', 'kal16', 'rms', 'kal16', 'awb'],
    casting: 'any',
    pace: 1,
    shardRows: [20, 17, 19, 18, 14, 20],
  },
  {
    name: 'audiobook',
    grammar: GRAMMARS.audiobook,
    voices: ['kal16', 'rms'],
    casting: 'by-shard',
    pace: 1.05,
    shardRows: [12, 15, 11, 14, 13],
  },
  {
    name: 'dialogue',
    grammar: GRAMMARS.dialogue,
    voices: ['kal16', 'slt', 'kal16', 'awb'],
    casting: 'alternate',
    pace: 0.95,
    shardRows: [18, 15, 20, 19, 16, 19],
    missing: 3,
  },
  {
    name: 'commands',
    grammar: GRAMMARS.commands,
    voices: ['kal16', 'slt', 'kal16', 'rms', 'kal16', 'awb'],
    casting: 'any',
    pace: 1,
    shardRows: [42, 33, 40, 36, 37],
  },
  {
    name: 'news',
    grammar: GRAMMARS.news,
    voices: ['kal16', 'awb', 'kal16'],
    casting: 'alternate',
    pace: 0.9,
    shardRows: [15, 14, 18, 13, 16],
    truncated: 2,
  },
];
