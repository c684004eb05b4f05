import type {
  InspectedMetadata,
  InspectedPath,
  InspectedSchema,
  InspectedStorage,
  Inspection,
  InspectionProblem,
  ResultHeadline,
  RowPreview,
  Spread,
} from '@riffle/core';
import * as z from 'zod';
import { exactly } from './exactly.ts';
import { bytes, count, lostShard, rows, sha256 } from './parts.ts';

const spread = exactly<Spread>()(z.object({ least: count, most: count }));
const relative = z.string().describe('relative to the path that was given');

const storage = exactly<InspectedStorage>()(
  z.object({
    path: z.array(z.string()).describe('segments of the leaf’s path'),
    type: z.string().describe('as the format calls it'),
    codecs: z.array(z.string()),
    encodings: z.array(z.string()),
    bytes,
    uncompressedBytes: bytes.describe('before compression, as declared'),
    values: count.describe('values with nulls counted, as declared'),
    nulls: count.optional(),
    dictionary: z
      .enum(['all', 'part', 'none'])
      .optional()
      .describe('whether pages refer to a dictionary; `part`: the writer began one and gave it up'),
  }),
);

const schema = exactly<InspectedSchema>()(
  z.object({
    columns: z.array(
      z.object({
        name: z.string(),
        type: z.string().describe('as people write it in a recipe'),
        nullable: z.boolean(),
        feature: z.string().optional().describe('the Hugging Face feature, where one is declared'),
      }),
    ),
    files: count.describe('files that have it'),
    example: relative.describe('one of them'),
  }),
);

const metadata = exactly<InspectedMetadata>()(
  z.object({
    key: z.string(),
    value: z.string().describe('its first 2000 characters'),
    bytes: bytes.describe('of all'),
  }),
);

const problem = exactly<InspectionProblem>()(
  z.object({
    kind: z.enum(['content', 'warning', 'layout', 'schema', 'manifest']),
    message: z.string().describe('a sentence'),
    file: relative.optional(),
  }),
);

const result = exactly<ResultHeadline>()(
  z.object({
    riffleVersion: z.string(),
    rows,
    shards: count,
    seed: z.string(),
    shuffler: z.string(),
    collections: z.array(z.object({ name: z.string(), rows })),
    lost: count.describe('shards lost wholly or in part'),
    digest: sha256.describe('digest of the manifest'),
    finishedAt: z.string().optional(),
  }),
);

const preview = exactly<RowPreview>()(
  z.object({
    file: relative,
    columns: z.array(z.string()),
    rows: z.array(z.array(z.string().nullable())).describe('each value as short text; null is null'),
  }),
);

const inspectedPath = exactly<InspectedPath>()(
  z.object({
    path: z.string().describe('as it was given'),
    kind: z.enum(['file', 'collection', 'result']),
    result: result.optional().describe('what the manifest says; `riffle verify` tells whether it is true'),
    formats: z.array(z.string()),
    rows,
    bytes: bytes.describe('of the files that can be read'),
    shards: count.describe('shards that can be read'),
    files: count,
    ignored: count.describe('files of no known format, and dot entries'),
    lost: z.array(lostShard.omit({ collection: true })).describe('shards that cannot be read, the first thousand'),
    schemas: z.array(schema).describe('distinct ones, most files first, the first ten'),
    fragments: z
      .object({ count, rows: spread, bytes: spread, uncompressedBytes: spread.optional() })
      .describe('row groups of all files'),
    columns: z.array(storage).describe('how leaf columns are stored, summed over all files, the first thousand'),
    writtenBy: z.array(z.string()).describe('programs that wrote the files, the first ten'),
    metadata: z.array(metadata).describe('key-value metadata of the first file'),
    problems: z.array(problem).describe('the first two hundred'),
    preview: preview.optional().describe('the first rows of the first file that has any'),
  }),
);

/** What `riffle inspect --json` prints. */
export const inspectDocumentSchema = exactly<Inspection>()(
  z.object({ ok: z.literal(true), paths: z.array(inspectedPath).describe('one for every path, in their order') }),
);
