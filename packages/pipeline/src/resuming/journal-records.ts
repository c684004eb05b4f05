import { lossKinds, type JsonValue, type LossKind } from '@riffle/core';
import * as z from 'zod';

const count = z.int().min(0);
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const words = z.base64();
const json = z.custom<JsonValue>((value) => value !== undefined);
/** A name without a way out of its folder. */
const plainName = z.string().regex(/^[\w-][\w.-]*$/);

/** What a job is made of, as far as the result's bytes depend on it. */
const jobIdentitySchema = z.object({
  riffleVersion: z.string(),
  /** The recipe without what may differ from try to try, such as memory and workers. */
  recipe: z.record(z.string(), json),
  collections: z.array(
    z.object({
      name: z.string(),
      /** By path relative to the collection: bytes, and what tells that the content changed. */
      files: z.array(z.tuple([z.string(), count, z.string()])),
      /** Paths of the shards that the survey found unusable. */
      lost: z.array(z.string()),
    }),
  ),
});

/** The first line: whose work this is. */
const beginRecord = z.object({
  type: z.literal('begin'),
  format: z.literal('riffle-journal-v1'),
  identity: jobIdentitySchema,
  /** Folder of the spill files, since `--temp-dir` may be another the next time. */
  spillFolder: z.string(),
  /** Bytes of the memory budget, which decides how spill files are cut; taken again unless the recipe says otherwise. */
  memory: count,
  /** Files at names of shards that were there before any result or work of Riffle's. */
  setAside: z.array(plainName).readonly(),
});

const kind = z.custom<LossKind>((value) => typeof value === 'string' && Object.hasOwn(lossKinds, value));

const damagedFile = z.object({
  path: z.string(),
  code: z.string(),
  kind,
  reason: z.string(),
  fragments: z.array(count).readonly().optional(),
  rows: count.optional(),
});

const lostShard = z.object({
  collection: z.string(),
  path: z.string(),
  status: z.enum(['missing', 'failed', 'empty', 'salvaged']),
  code: z.string(),
  kind,
  reason: z.string(),
  rows: count.optional(),
  rowsKept: count.optional(),
  damage: z.array(damagedFile).readonly().optional(),
});

/** What was found bad while decoding: the plan is made without it. */
const lostRecord = z.object({ type: z.literal('lost'), lost: z.array(lostShard).readonly() });

/** One unit of the scatter whose rows stand complete in a spill file. */
const scatteredRecord = z.object({
  type: z.literal('scattered'),
  /** Digest of how rows are cut into units and buckets: under another one the file is of no use. */
  layout: hex(64),
  unit: count,
  file: plainName,
  bytes: count,
  crc32: count,
  /** base64 of doubles, `bounds` of each block. */
  blocks: z.array(z.object({ firstBucket: count, bounds: words })),
  rows: count,
  decodedBytes: count,
  decoded: z.array(z.object({ file: count, bytes: count })),
  /** base64 of the fingerprint sums by output shard; absent once {@link sumsRecord} is there. */
  outputs: words.optional(),
  inputs: z.array(z.object({ shard: count, words })),
});

/** The fingerprints of the whole input: every fragment has been decoded, none was bad. */
const sumsRecord = z.object({
  type: z.literal('sums'),
  outputs: words,
  inputs: z.array(z.object({ shard: count, words })),
});

/** A shard, or a part of one, that is written, durable and verified. */
const shardRecord = z.object({
  type: z.literal('shard'),
  shard: count,
  file: plainName,
  partition: z.array(z.string().nullable()).readonly().optional(),
  fingerprint: hex(32).optional(),
  rows: count,
  bytes: count,
  sha256: hex(64),
});

/** A line of the journal. It is data from a folder that anybody may have written, so everything is checked. */
export const journalRecordSchema = z.discriminatedUnion('type', [
  beginRecord,
  lostRecord,
  scatteredRecord,
  sumsRecord,
  shardRecord,
]);

export type JobIdentity = z.output<typeof jobIdentitySchema>;
export type JournalRecord = z.output<typeof journalRecordSchema>;
export type BeginRecord = z.output<typeof beginRecord>;
export type ScatteredRecord = z.output<typeof scatteredRecord>;
export type SumsRecord = z.output<typeof sumsRecord>;
export type ShardRecord = z.output<typeof shardRecord>;
