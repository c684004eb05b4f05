import type { LossRecord } from '@riffle/core';
import * as z from 'zod';
import { exactly } from './exactly.ts';
import { damagedFile, lostShard } from './parts.ts';

const location = z.string().describe('what to fetch again, absolute');

/** One line of `.riffle/lost.jsonl`. */
export const lossLine = exactly<LossRecord>()(
  lostShard.extend({
    location: location.optional(),
    damage: z.array(damagedFile.extend({ location })).optional().describe('of a salvaged shard: what was left out'),
  }),
);
