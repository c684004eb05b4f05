import type { MemoryPlan, Plan, RiffleEvent } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';
import { exactly } from './exactly.ts';
import {
  bytes,
  count,
  errorCode,
  jobCosts,
  lostShard,
  partitionBy,
  rows,
  strategy,
  strategyOption,
  timeEstimate,
  treatyColumn,
} from './parts.ts';
import { planDocumentSchema } from './plan-document.ts';
import { settledRecipe } from './recipe-document.ts';
import { runDocumentSchema } from './run-document.ts';

const stage = z.enum(['survey', 'plan', 'scatter', 'gather', 'verify', 'publish']);
const seconds = z.number().min(0);
const place = { index: count.describe('counted from 0'), of: count, name: z.string(), path: z.string() };

const memoryPlan = exactly<MemoryPlan>()(
  z.object({
    budget: bytes,
    workers: count,
    minimum: bytes,
    strategy,
    reason: z.string(),
    bucketBytes: bytes,
    readBatchBytes: bytes,
    flushBytes: bytes,
    passes: count,
    estimatedPeakBytes: bytes,
    estimatedSpillBytes: bytes,
    options: z.array(strategyOption),
  }),
);

/** What `.riffle/log.jsonl` says of a plan: the decisions, without every footer and schema. */
const decisions = exactly<Omit<Plan, 'survey' | 'treaty'>>()(
  z.object({
    recipe: settledRecipe,
    columns: z.array(treatyColumn),
    settledRules: recipeSchema.shape.columns.unwrap(),
    rows,
    shards: count,
    rowsPerShard: z.tuple([rows, rows]),
    partitionBy,
    seed: z.string(),
    shuffler: z.string(),
    memory: memoryPlan,
    buckets: z.object({ count, shardsPerBucket: count, bucketsPerShard: count }),
    estimatedDecodedBytes: bytes,
    estimatedOutputBytes: bytes,
    inputBytes: bytes,
    costs: jobCosts,
    estimatedTime: timeEstimate,
  }),
);

/** Events that stand in the log as they are. */
const plain = {
  configured: z.object({ type: z.literal('configured'), recipe: settledRecipe, workers: count, memory: bytes }),
  'stage-started': z.object({ type: z.literal('stage-started'), stage }),
  'stage-finished': z.object({ type: z.literal('stage-finished'), stage, seconds }),
  'collection-started': z.object({ type: z.literal('collection-started'), ...place }),
  'collection-surveyed': z.object({
    type: z.literal('collection-surveyed'),
    ...place,
    loaded: count,
    missing: count,
    failed: count,
    empty: count,
    salvaged: count,
    rows,
  }),
  surveyed: z.object({ type: z.literal('surveyed'), collections: count, of: count, rows }),
  'shard-lost': z.object({ type: z.literal('shard-lost'), lost: lostShard }),
  replanning: z.object({ type: z.literal('replanning'), lost: z.array(lostShard) }),
  progress: z.object({
    type: z.literal('progress'),
    stage,
    rows: rows.describe('rows done so far in this stage'),
    ofRows: rows,
    bytes: bytes.describe('bytes done so far: of Arrow data in scatter, of files in gather and verify'),
    memoryBytes: bytes.describe('data held in all threads now'),
    spilledBytes: bytes.describe('rows that wait in spill files now'),
  }),
  verified: z.object({
    type: z.literal('verified'),
    valid: count,
    empty: count,
    missing: count,
    different: count,
  }),
  resumed: z.object({ type: z.literal('resumed'), shards: count, ofShards: count, scatterUnits: count }),
  resumable: z.object({ type: z.literal('resumable') }),
  warning: z.object({ type: z.literal('warning'), message: z.string() }),
};

type Shortened = 'planned' | 'published';
type PlainEvents = {
  [Type in Exclude<RiffleEvent['type'], Shortened>]: Extract<RiffleEvent, { readonly type: Type }>;
};
exactly<PlainEvents>()(z.object(plain));

const lines = z.array(z.string()).describe('as people would read them');
const report = runDocumentSchema.extend({
  shards: count.describe('their number'),
  lost: count.describe('their number'),
});

/** Every line of a log: an event of the job, or what the command says in the end. */
const all = [
  ...Object.values(plain),
  z.object({
    type: z.literal('planned'),
    plan: z
      .union([planDocumentSchema.omit({ lost: true }), decisions])
      .describe('on stderr as `plan --json` has it, without the losses; in log.jsonl the decisions, with the recipe'),
  }),
  z.object({
    type: z.literal('published'),
    output: z.string(),
    report: z
      .union([report, runDocumentSchema])
      .describe('on stderr with counts of shards and losses, in log.jsonl in full'),
  }),
  z
    .object({ type: z.literal('failed'), message: z.string(), code: errorCode.optional() })
    .describe('only in log.jsonl'),
  z.object({ type: z.literal('result'), lines }).describe('only on stderr'),
  z.object({ type: z.literal('error'), lines }).describe('only on stderr'),
] as const;

const time = z.iso.datetime().describe('when, in UTC');

/** One line of stderr with `--log-format json`, or of `.riffle/log.jsonl`. */
export const logLine = z.union(all.map((line) => z.object({ time, ...line.shape }).describe(line.description ?? '')));
