import {
  errorTable,
  lossKinds,
  type CollectionLosses,
  type CollectionReport,
  type DamagedFile,
  type JobCosts,
  type StrategyOption,
  type TimeEstimate,
  type ErrorCode,
  type LossKind,
  type LostShard,
  type PartitionColumn,
  type ShardReport,
  type TreatyColumn,
} from '@riffle/core';
import * as z from 'zod';
import { exactly } from './exactly.ts';

/** Parts that several documents have, each held to the type that it describes. */

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>) => Object.keys(table) as [Key, ...Key[]];

export const count = z.int().min(0);
/** A number of rows. */
export const rows = z.int().min(0);
/** A size in bytes. */
export const bytes = z.int().min(0);
export const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('sha256 of the file, in hexadecimal');
export const fingerprint = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('checksum of the rows, whatever their order: 32 hexadecimal digits');
export const errorCode = exactly<ErrorCode>()(z.enum(keysOf(errorTable)).describe('one of the table of error codes'));
const lossKind = exactly<LossKind>()(z.enum(keysOf(lossKinds)).describe('kind of the reason'));
export const partitionBy = z
  .array(
    exactly<PartitionColumn>()(
      z.object({
        column: z.string(),
        kept: z
          .boolean()
          .describe('whether the files have the column, too; otherwise only their paths tell its values'),
      }),
    ),
  )
  .optional()
  .describe('the columns by whose values each shard is divided into files; left out where each is one');
export const strategy = z.enum(['memory', 'spill', 'passes']);

const seconds = z.number().min(0);

export const strategyOption = exactly<StrategyOption>()(
  z.object({
    strategy,
    minimum: bytes.describe('the least budget with which it can be done'),
    cost: z
      .object({
        seconds: seconds.describe('estimated'),
        workers: count,
        passes: count.describe('passes over the input'),
        spillBytes: bytes.describe('temporary disk'),
      })
      .optional()
      .describe('what it would take; absent where the budget is below that'),
  }),
);

export const timeEstimate = exactly<TimeEstimate>()(
  z.object({ least: seconds, likely: seconds, most: seconds.describe('if files must come from the disk first') }),
);

const work = (description: string) => seconds.describe(`seconds of one core, all rows once: ${description}`);

export const jobCosts = exactly<JobCosts>()(
  z.object({
    basis: z.enum(['assumed', 'measured']).describe('measured: in a short trial with a piece of the input'),
    amounts: z
      .object({
        rows,
        cells: z.number().min(0).describe('rows times leaf columns'),
        values: z.number().min(0).describe('values in all leaf columns'),
        bytes: bytes.describe('Arrow data'),
      })
      .describe('estimated from samples'),
    seconds: z.object({
      decode: work('decoding the input'),
      permute: work('finding where rows go'),
      fingerprint: work('fingerprints'),
      deal: work('moving rows to their buckets'),
      place: work('putting buckets in order'),
      encode: work('encoding the output'),
      check: work('decoding the output'),
      spill: work('writing spill files and reading them'),
    }),
    diskSpeed: z.number().min(0).describe('bytes a second'),
  }),
);

export const warnings = z.array(z.string()).describe('what was warned of, each sentence once, the first thousand');

export const shardReport = exactly<ShardReport>()(
  z.object({
    file: z.string().describe('path in the output folder'),
    shard: count.optional().describe('number of the shard that it is a part of; only where the result is partitioned'),
    rows,
    bytes,
    sha256,
  }),
);

export const collectionReport = exactly<CollectionReport>()(
  z.object({
    name: z.string(),
    loaded: count.describe('shards that gave rows or have none, salvaged ones among them'),
    missing: count.describe('shards that were expected and not there'),
    failed: count.describe('shards that could not be used'),
    empty: count.describe('folders with nothing in them'),
    salvaged: count.describe('of those loaded, how many in part'),
    shard: count.optional().describe('number of the shard that it is a part of; only where the result is partitioned'),
    rows,
  }),
);

export const collectionLosses = exactly<CollectionLosses>()(
  z.object({
    collection: z.string(),
    shards: count.describe('shards of which nothing is in the result'),
    salvaged: count.describe('shards that are in the result in part'),
    ofShards: count.describe('shards that should be there'),
    rows: rows.describe('rows lost, as far as footers tell'),
    ofRows: rows.describe('rows in the result or known to be lost'),
    percent: z.number().min(0).max(100).describe('the larger of the shares of shards and of rows'),
    kinds: z.array(z.object({ kind: lossKind, shards: count, rows })).describe('by kind of reason, most shards first'),
  }),
);

export const damagedFile = exactly<DamagedFile>()(
  z.object({
    path: z.string().describe('relative to the collection'),
    code: errorCode,
    kind: lossKind,
    reason: z.string().describe('a sentence'),
    fragments: z.array(count).optional().describe('numbers of the row groups left out; absent if the whole file was'),
    rows: rows.optional().describe('rows left out, where a footer tells'),
  }),
);

const whole = z.object({
  collection: z.string(),
  path: z.string().describe('relative to the collection; the collection itself is `.`'),
  status: z.enum(['missing', 'failed', 'empty', 'salvaged']),
  code: z.enum([...keysOf(errorTable), 'MISSING', 'EMPTY']).describe('an error code, `MISSING` or `EMPTY`'),
  kind: lossKind,
  reason: z.string().describe('a sentence'),
  rows: rows.optional().describe('rows lost, where footers tell'),
  rowsKept: rows.optional().describe('of a salvaged shard: its rows in the result'),
  damage: z.array(damagedFile).optional().describe('of a salvaged shard: what was left out'),
});

/** One lost shard, wholly or in part. */
export const lostShard = exactly<LostShard>()(whole);
/** The same in a report, where the counts of collections say what `status` would. */
export const reportedLoss = exactly<Omit<LostShard, 'status'>>()(whole.omit({ status: true }));

export const treatyColumn = exactly<TreatyColumn>()(
  z.object({
    name: z.string(),
    type: z.string().describe('the agreed type, as people write it'),
    feature: z.string().optional().describe('the Hugging Face feature, where one is declared'),
    sources: z.array(
      z.object({
        collection: z.string(),
        name: z.string().optional().describe('its name there, if it is another one'),
        type: z.string().optional().describe('its type there; absent where the collection does not have it'),
        conversion: z.string().describe('what is done, in a few words'),
        risk: z.enum(['none', 'checked', 'decided']).describe('what the conversion can do to values'),
      }),
    ),
  }),
);
