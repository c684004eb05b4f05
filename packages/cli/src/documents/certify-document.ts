import type { Certificate, CertificateTest, TestName, Verdict } from '@riffle/certificate';
import * as z from 'zod';
import type { CertifyDocument } from '../commands/certify.ts';
import { errorDocumentSchema } from './error-document.ts';
import { exactly } from './exactly.ts';
import { count, rows } from './parts.ts';

const testName = exactly<TestName>()(
  z.enum(['group-share', 'source-blocks', 'runs', 'distance-correlation', 'rank-correlation', 'kept-neighbours']),
);

const verdict = exactly<Verdict>()(z.enum(['shuffled', 'not-shuffled', 'too-few-rows']));

const test = exactly<CertificateTest>()(
  z.object({
    name: testName,
    title: z.string().describe('what is looked at, in a few words'),
    value: z.number().describe('the figure: chi-square, a count, or a correlation from −1 to 1'),
    expected: z.number().describe('what it is on average over all orders'),
    deviations: z.number().describe('how far off it is, in standard deviations'),
    degreesOfFreedom: count.optional().describe('of a chi-square'),
    distance: count.optional().describe('of a `distance-correlation`: how many rows apart'),
    chance: z
      .number()
      .min(0)
      .max(1)
      .describe('share of all orders whose figure is as far off, or further; 1e-15 stands for all that is smaller'),
    passed: z.boolean().describe('whether `chance` is at least the threshold'),
    sentence: z.string().describe('what that means, for people'),
  }),
);

const squares = z.array(count);

/** The figures, the picture and the verdict: see docs/explanation/shuffle-certificate.md. */
const certificateSchema = exactly<Certificate>()(
  z.object({
    format: z.literal('riffle-certificate-v1'),
    verdict,
    reasons: z.array(z.string()).describe('why, in sentences for people'),
    rows: rows.describe('rows of the whole order'),
    judgedRows: rows.describe('rows that were looked at'),
    stretches: count.describe('runs of consecutive rows that were looked at'),
    threshold: z.number().describe('below this chance a test fails'),
    falseAlarms: z.number().describe('a fair shuffle is called `not-shuffled` with at most this probability'),
    tests: z.array(test),
    picture: z.object({
      size: count.describe('blocks on each side of the grid'),
      before: squares.describe('rows of each square of the order with nothing moved: the diagonal'),
      after: squares.describe('rows of source block c in output block r, at r × size + c'),
    }),
  }),
);

/** What `riffle certify --json` prints, whatever the verdict. */
export const certifyDocumentSchema = exactly<CertifyDocument>()(
  z.object({
    ok: z.boolean().describe('whether the verdict is `shuffled`'),
    judged: z.union([
      z.object({ kind: z.literal('permutation'), shuffler: z.string(), seed: z.string() }),
      z.object({
        kind: z.literal('column'),
        column: z.string(),
        type: z.string(),
        nulls: count.describe('judged rows without a value; null counts as a value of its own'),
      }),
    ]),
    files: count.describe('files whose rows make the order'),
    leftOut: z
      .array(z.object({ path: z.string(), reason: z.string() }))
      .describe('what could not be read, and is not judged'),
    certificate: certificateSchema,
    error: errorDocumentSchema.shape.error.optional().describe('unless the verdict is `shuffled`'),
  }),
);
