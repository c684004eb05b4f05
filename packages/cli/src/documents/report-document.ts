import * as z from 'zod';
import type { ReportDocument } from '../commands/report.ts';
import { exactly } from './exactly.ts';
import { bytes, count, rows } from './parts.ts';

/** What `riffle report --json` prints. */
export const reportDocumentSchema = exactly<ReportDocument>()(
  z.object({
    ok: z.literal(true),
    report: z.string().describe('where the page is'),
    bytes: bytes.describe('size of the page'),
    rows: rows.describe('rows of the result'),
    shards: count,
    rowsPerShard: z.tuple([rows, rows]).describe('of the smallest and the largest shard'),
    outputBytes: bytes.describe('size of all shards'),
    collections: count,
    lost: count.describe('input shards lost, wholly or in part'),
    riffleVersion: z.string().describe('the version that made the result'),
  }),
);
