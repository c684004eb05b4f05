import type * as z from 'zod';
import { certifyDocumentSchema } from './certify-document.ts';
import { errorDocumentSchema } from './error-document.ts';
import { formatsDocumentSchema } from './formats-document.ts';
import { inspectDocumentSchema } from './inspect-document.ts';
import { logLine } from './log-line.ts';
import { lossLine } from './loss-line.ts';
import { manifestDocumentSchema } from './manifest-document.ts';
import { planDocumentSchema } from './plan-document.ts';
import { recipeDocumentSchema } from './recipe-document.ts';
import { reportDocumentSchema } from './report-document.ts';
import { runDocumentSchema } from './run-document.ts';
import { verifyDocumentSchema } from './verify-document.ts';

/** One kind of JSON document that Riffle reads or writes. */
export interface DocumentKind {
  /** Of the command whose `--json` it is, if it is one; also the name of its schema file. */
  readonly name: string;
  /** Where it is found, in Markdown. */
  readonly where: string;
  readonly schema: z.ZodType;
  /** `command`: stdout of the command of its name with `--json`. `failure`: of any that fails. `file`: in a file, or a line of one. */
  readonly from: 'command' | 'failure' | 'file';
  /** Set if people write it: defaults may be left out. */
  readonly written?: true;
}

/**
 * Every kind of document, in the order of the docs.
 *
 * To add one: state its type where it is made; write its schema in a file of this folder as `exactly<TheType>()(z.object(…))`, which
 * does not compile while the two differ; add an entry here; build, and run `npx vitest run test/json.spec.mjs` in `tools/docs-check`, which
 * writes `schemas/<name>.json` and `docs/reference/json.md`. The tests of the command line hold what it prints against it from then on.
 */
export const documentTable: readonly DocumentKind[] = [
  { name: 'recipe', where: 'a recipe file, `riffle.yaml`', schema: recipeDocumentSchema, from: 'file', written: true },
  { name: 'run', where: '`riffle run --json`', schema: runDocumentSchema, from: 'command' },
  { name: 'plan', where: '`riffle plan --json`', schema: planDocumentSchema, from: 'command' },
  {
    name: 'verify',
    where: '`riffle verify --json`, also if something differs',
    schema: verifyDocumentSchema,
    from: 'command',
  },
  {
    name: 'certify',
    where: '`riffle certify --json`, whatever the verdict',
    schema: certifyDocumentSchema,
    from: 'command',
  },
  { name: 'report', where: '`riffle report --json`', schema: reportDocumentSchema, from: 'command' },
  { name: 'inspect', where: '`riffle inspect --json`', schema: inspectDocumentSchema, from: 'command' },
  { name: 'formats', where: '`riffle formats --json`', schema: formatsDocumentSchema, from: 'command' },
  { name: 'error', where: 'any command with `--json` that fails', schema: errorDocumentSchema, from: 'failure' },
  {
    name: 'log-line',
    where: 'a line of stderr with `--log-format json`, or of `.riffle/log.jsonl`',
    schema: logLine,
    from: 'file',
  },
  { name: 'loss-line', where: 'a line of `.riffle/lost.jsonl`', schema: lossLine, from: 'file' },
  { name: 'manifest', where: '`.riffle/manifest.json` of a result', schema: manifestDocumentSchema, from: 'file' },
];
