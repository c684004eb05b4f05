import { GRAMMARS } from '../src/grammars.mjs';

/** @import { CollectionPlan } from '../src/collections.mjs' */

/**
 * All that the real sample has (several voices, a missing and a truncated shard, a shard of several row
 * groups), in a few utterances.
 *
 * @type {readonly CollectionPlan[]}
 */
export const SMALL_COLLECTIONS = [
  {
    name: 'orders',
    grammar: GRAMMARS.commands,
    voices: ['kal16', 'kal16', 'kal16', 'slt'],
    casting: 'alternate',
    pace: 0.8,
    shardRows: [4, 2, 17],
    missing: 1,
  },
  {
    name: 'radio',
    grammar: GRAMMARS.commands,
    voices: ['kal16'],
    casting: 'any',
    pace: 0.8,
    shardRows: [2, 1],
    truncated: 0,
  },
];
