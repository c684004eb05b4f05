import * as z from 'zod';
import type { PlanDocument } from '../render/plan-document.ts';
import { exactly } from './exactly.ts';
import {
  bytes,
  collectionReport,
  count,
  jobCosts,
  reportedLoss,
  rows,
  partitionBy,
  strategy,
  strategyOption,
  timeEstimate,
  treatyColumn,
} from './parts.ts';

/** What `riffle plan --json` prints. */
export const planDocumentSchema = exactly<PlanDocument>()(
  z.object({
    ok: z.literal(true),
    rows: rows.describe('rows of the whole result'),
    shards: count.describe('number of output shards'),
    rowsPerShard: z.tuple([rows, rows]).describe('rows of the smallest and of the largest shard'),
    partitionBy,
    seed: z.string(),
    shuffler: z.string().describe('name of the permutation'),
    strategy,
    reason: z.string().describe('why this strategy: a sentence'),
    options: z
      .array(strategyOption)
      .describe('all three strategies, the fastest first, those that the budget is too small for last'),
    workers: count,
    memoryBytes: bytes.describe('the memory budget'),
    minimumMemoryBytes: bytes.describe('the least budget with which the job could run'),
    buckets: count,
    passes: count.describe('passes over the input'),
    inputBytes: bytes,
    estimatedDecodedBytes: bytes.describe('all rows as Arrow data'),
    estimatedOutputBytes: bytes,
    estimatedTemporaryBytes: bytes.describe('rows waiting in spill files'),
    estimatedPeakMemoryBytes: bytes,
    estimatedSeconds: timeEstimate.describe('of the strategy taken'),
    costs: jobCosts.describe('what the estimates of time are made of'),
    columns: z.array(treatyColumn).describe('the agreed schema, with what each collection has'),
    collections: z.array(collectionReport).describe('counts so far: what decoding will find is not known yet'),
    lost: z.array(reportedLoss).describe('every shard lost so far'),
  }),
);
