import * as z from 'zod';
import type { FormatsDocument } from '../commands/formats.ts';
import type { PluginDescription } from '../formats/describe-plugin.ts';
import { exactly } from './exactly.ts';

const plugin = exactly<PluginDescription>()(
  z.object({
    role: z.enum(['reader', 'writer', 'layout']),
    name: z.string(),
    endings: z.array(z.string()).describe('of file names, with the dot'),
    compression: z.array(z.string()).optional().describe('of a writer: what `compression` may be'),
    rowCounts: z
      .enum(['metadata', 'scan'])
      .optional()
      .describe('of a reader: whether files say how many rows they have, or are read to count them'),
    options: z.array(
      z.object({
        name: z.string(),
        values: z.string().describe('what it may be, in a few words'),
        default: z.string().optional().describe('as JSON'),
        description: z.string(),
      }),
    ),
  }),
);

/** What `riffle formats --json` prints. */
export const formatsDocumentSchema = exactly<FormatsDocument>()(
  z.object({ ok: z.literal(true), plugins: z.array(plugin).describe('those that were named, or all of Riffle’s own') }),
);
