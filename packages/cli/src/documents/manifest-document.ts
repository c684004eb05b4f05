import type {
  ConversionRisk,
  ConvertedColumn,
  InputShardReceipt,
  Manifest,
  OutputShardReceipt,
  PlannedRun,
  Timeline,
} from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';
import { exactly } from './exactly.ts';
import {
  bytes,
  collectionReport,
  count,
  fingerprint,
  lostShard,
  partitionBy,
  rows,
  sha256,
  warnings,
} from './parts.ts';

const stage = z.enum(['survey', 'plan', 'scatter', 'gather', 'verify', 'publish']);
const seconds = z.number().min(0).describe('seconds since the job started');

const timeline = exactly<Timeline>()(
  z.object({
    stages: z.array(z.object({ stage, from: seconds, to: seconds, rows, bytes })),
    samples: z.array(
      z.object({
        seconds,
        stage,
        rows: rows.describe('rows done so far in this stage'),
        bytes: bytes.describe('bytes done so far in this stage'),
        memoryBytes: bytes.describe('data held in all threads'),
        spilledBytes: bytes.describe('rows waiting in spill files'),
        residentBytes: bytes.describe('memory of the whole process'),
      }),
    ),
  }),
);

const inputShard = exactly<InputShardReceipt>()(
  z.object({
    collection: z.string(),
    path: z.string().describe('relative to the collection'),
    rows,
    fingerprint,
    files: z.array(z.object({ path: z.string(), bytes, rows })),
  }),
);

const outputShard = exactly<OutputShardReceipt>()(
  z.object({
    file: z.string(),
    shard: count.optional().describe('number of the shard that it is a part of; only where the result is partitioned'),
    partition: z
      .array(z.string().nullable())
      .optional()
      .describe('its values of `plan.partitionBy`; only where the result is partitioned'),
    rows,
    bytes,
    sha256,
    fingerprint,
  }),
);

const planned = exactly<PlannedRun>()(
  z.object({
    inputBytes: bytes.describe('size of the files to be read'),
    decodedBytes: z.number().min(0).describe('Arrow data in them'),
    outputBytes: z.number().min(0),
    spillBytes: z.number().min(0),
    memoryBytes: z.number().min(0).describe('data held in all threads at most'),
    reason: z.string().describe('why the strategy was chosen'),
    verify: z.string().describe('how the shards were verified'),
  }),
);

const convertedColumn = exactly<ConvertedColumn>()(
  z.object({
    name: z.string(),
    type: z.string(),
    feature: z.string().optional().describe('the Hugging Face feature, in a few words'),
    sources: z.array(
      z.object({
        collections: z.array(z.string()).describe('the first of the collections that have the column in this way'),
        ofCollections: count.describe('how many there are'),
        name: z.string().optional().describe('its name there, if it is another one'),
        type: z.string().optional().describe('its type there; missing where they do not have it'),
        conversion: z.string(),
        risk: exactly<ConversionRisk>()(z.enum(['none', 'checked', 'decided'])),
      }),
    ),
  }),
);

/** `.riffle/manifest.json` of a result. */
export const manifestDocumentSchema = exactly<Manifest>()(
  z.object({
    format: z.literal('riffle-manifest-v1'),
    riffleVersion: z.string().describe('the version that wrote it'),
    digest: sha256.describe('sha256 of the canonical JSON of `plan` and `receipt`'),
    plan: z.object({
      seed: z.string(),
      shuffler: z.string(),
      rows,
      shards: count,
      reader: z.string(),
      readers: z
        .array(z.object({ name: z.string(), options: z.json() }))
        .optional()
        .describe('readers that the recipe gave options; left out where it gave none'),
      writer: z.string(),
      layout: z
        .string()
        .optional()
        .describe('the layout that named the shards; left out where they lie by their numbers in the folder itself'),
      partitionBy,
      compression: z.string(),
      rowGroupBytes: bytes,
      profile: z.string(),
      schema: recipeSchema.shape.schema.unwrap(),
      columns: recipeSchema.shape.columns.unwrap(),
      treaty: z.base64().describe('the output’s schema: base64 of an Arrow IPC stream without batches'),
      tuning: z.unknown().describe('the encodings that the writer chose, in its own form'),
      collections: z.array(z.object({ name: z.string() })),
    }),
    receipt: z.object({
      inputs: z.array(inputShard).describe('the input shards that were used, in plan order'),
      outputs: z
        .array(outputShard)
        .describe(
          'the files of the result in the order of their shards; each is a shard, unless the result is partitioned',
        ),
      index: z
        .array(z.object({ file: z.string(), bytes, sha256 }))
        .optional()
        .describe('files that the format needs beside the shards'),
      collections: z.array(collectionReport),
      lost: z.array(lostShard),
      fingerprint,
    }),
    run: z.object({
      startedAt: z.iso.datetime(),
      finishedAt: z.iso.datetime(),
      seconds: z.number().min(0),
      host: z.string(),
      node: z.string(),
      workers: count,
      memory: bytes.describe('the memory budget'),
      strategy: z.string(),
      peakMemoryBytes: bytes,
      timeline: timeline.optional().describe('what the job did when'),
      planned: planned.optional().describe('what the plan expected'),
      columns: z
        .array(convertedColumn)
        .optional()
        .describe('the columns and how they were converted: the first thousand'),
      warnings: warnings.optional(),
      job: sha256.optional().describe('digest of what the job was made of'),
      inputs: z
        .array(z.object({ name: z.string(), location: z.string() }))
        .optional()
        .describe('where the collections lay'),
    }),
  }),
);
