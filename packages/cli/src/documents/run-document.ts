import type { Report } from '@riffle/core';
import * as z from 'zod';
import { exactly } from './exactly.ts';
import {
  bytes,
  collectionLosses,
  collectionReport,
  reportedLoss,
  rows,
  shardReport,
  strategy,
  warnings,
} from './parts.ts';

/** What `riffle run --json` prints after a job. */
export const runDocumentSchema = exactly<Report>()(
  z.object({
    ok: z.literal(true),
    rows: rows.describe('rows of the whole result'),
    shards: z.array(shardReport).describe('the output shards, in order'),
    collections: z.array(collectionReport).describe('final counts, in the order of the recipe'),
    lost: z.array(reportedLoss).describe('every shard lost wholly or in part'),
    losses: z.array(collectionLosses).describe('one for every collection that lost something'),
    warnings,
    peakMemoryBytes: bytes.describe('most data held in all threads, as `--memory` counts it'),
    strategy,
    seconds: z.number().min(0),
  }),
);
