import type { Finding, FindingCode } from '@riffle/core';
import * as z from 'zod';
import type { VerifyDocument } from '../commands/verify.ts';
import { errorDocumentSchema } from './error-document.ts';
import { exactly } from './exactly.ts';
import { count, rows } from './parts.ts';

const findingCode = exactly<FindingCode>()(
  z.enum([
    'missing',
    'empty',
    'unreadable',
    'bytes',
    'sha256',
    'rows',
    'schema',
    'fingerprint',
    'misplaced',
    'order',
    'extra',
    'manifest',
  ]),
);

const finding = exactly<Finding>()(
  z.object({
    file: z.string().describe('the output shard, `.riffle/manifest.json`, or an input as `collection/path`'),
    code: findingCode,
    message: z.string().describe('a sentence with both values'),
    found: z.union([z.string(), z.number()]).optional().describe('the value found, where there is one'),
    row: rows.optional().describe('row of the output shard, counted from 0'),
    input: z
      .object({
        collection: z.string(),
        shard: z.string().optional(),
        path: z.string().optional().describe('relative to the collection'),
        row: count.optional().describe('row of the file, counted from 0'),
      })
      .optional()
      .describe('the input that the finding is about'),
  }),
);

/** What `riffle verify --json` prints, whether something differs or not. */
export const verifyDocumentSchema = exactly<VerifyDocument>()(
  z.object({
    ok: z.boolean().describe('whether there is no finding'),
    shards: count.describe('output shards that the manifest names'),
    rows: rows.describe('rows that the manifest names'),
    findings: z.array(finding),
    inputs: z
      .object({ shards: count, rows, sampledRows: rows.describe('rows compared one by one') })
      .optional()
      .describe('what of the inputs was compared, with `--against-inputs`'),
    error: errorDocumentSchema.shape.error.optional().describe('where something differs'),
  }),
);
