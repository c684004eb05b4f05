import * as z from 'zod';
import type { ErrorDocument } from '../render/error-text.ts';
import { exactly } from './exactly.ts';
import { errorCode } from './parts.ts';

/** What every command prints with `--json` when it fails. */
export const errorDocumentSchema = exactly<ErrorDocument>()(
  z.object({
    ok: z.literal(false),
    error: z.object({
      code: errorCode,
      message: z.string().describe('what happened, where, what to do; may have several lines'),
      details: z
        .record(z.string(), z.unknown())
        .describe('facts of the message as values; which ones depends on the code'),
      causes: z.array(z.string()).optional().describe('messages of what led to it, the nearest first'),
    }),
  }),
);
