import type { Certificate } from '@riffle/certificate';
import { isRiffleError, RiffleError, shardTotals, type JobOptions, type Manifest } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { agreeOnColumn, columnsToChoose } from './certifying/agree-on-column.ts';
import { readColumn } from './certifying/read-column.ts';
import { surveyFolder } from './certifying/survey-folder.ts';
import { runStage } from './run-stage.ts';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';
import { judgeManifest } from './verifying/judge-manifest.ts';
import { readManifest } from './verifying/read-manifest.ts';

/** What `certify` is given beside the folder. */
export interface CertifyOptions extends JobOptions {
  /** The column whose order is judged; fields of structs are spelled `column.field`. Without it, the permutation of a result of Riffle is. */
  readonly column?: string | undefined;
}

/** What `certify` found. `ok` if the verdict is `shuffled`. */
export interface Certification {
  readonly ok: boolean;
  readonly judged:
    | { readonly kind: 'permutation'; readonly shuffler: string; readonly seed: string }
    | { readonly kind: 'column'; readonly column: string; readonly type: string; readonly nulls: number };
  /** Files whose rows make the order. */
  readonly files: number;
  /** What of the folder could not be read, and is not judged. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
  readonly certificate: Certificate;
}

/** The manifest of a result; undefined where there is none. */
async function manifestOf(context: StartedJob, location: string): Promise<Manifest | undefined> {
  let manifest: Manifest | string;
  try {
    manifest = await readManifest(context.plugins.storage, location, context.signal);
  } catch (error) {
    if (isRiffleError(error) && error.code === 'NOT_A_RESULT') return undefined;
    throw error;
  }
  const { writer, shuffler } = context.plugins;
  const problem =
    typeof manifest === 'string'
      ? `The manifest cannot be used: ${manifest}.`
      : judgeManifest(manifest, writer.extension, shuffler).findings[0]?.message;
  if (typeof manifest === 'string' || problem !== undefined)
    throw new RiffleError(
      'VERIFICATION_FAILED',
      `${problem} A permutation that it names proves nothing. See \`riffle verify\`, or judge the rows themselves with --column.`,
      { location },
    );
  return manifest;
}

/** Loaded when it is needed: other commands load this module, and not the statistics. */
const loadCertificate = () => import('@riffle/certificate');

/** Judges the order that the plan of a result makes. */
async function certifyPlan(context: StartedJob, { plan, receipt }: Manifest): Promise<Certification> {
  const { shuffler } = context.plugins;
  if (plan.shuffler !== shuffler.name)
    throw new RiffleError(
      'USAGE',
      `The result was made by the shuffler ${JSON.stringify(plan.shuffler)}, and this is ${JSON.stringify(shuffler.name)}. Judge the rows themselves with --column.`,
    );
  const { judgePermutation } = await loadCertificate();
  const { sourceOf } = shuffler.plan(plan.rows, plan.seed);
  const shards = shardTotals(receipt.outputs).map(({ rows }) => rows);
  const certificate = judgePermutation({ rows: plan.rows, shards, collections: receipt.collections, sourceOf });
  return {
    ok: certificate.verdict === 'shuffled',
    judged: { kind: 'permutation', shuffler: plan.shuffler, seed: plan.seed },
    files: receipt.outputs.length,
    leftOut: [],
    certificate,
  };
}

/** Judges the order of a column's values. */
async function certifyColumn(
  context: StartedJob,
  location: string,
  column: string | undefined,
): Promise<Certification> {
  const { schemas, files, leftOut } = await surveyFolder(context, location);
  if (column === undefined)
    throw new RiffleError(
      'USAGE',
      `${location} is no result of Riffle, so a column must tell where its rows came from. Give --column with one that counted up in the source: ${columnsToChoose(schemas, files)}.`,
    );
  const agreed = agreeOnColumn(schemas, files, column);
  const { judgeValues, stretchesOf } = await loadCertificate();
  const shards = files.map(({ file }) => file.rows);
  const rows = shards.reduce((sum, held) => sum + held, 0);
  const { stretches, values, nulls, bad } = await readColumn(context, files, stretchesOf(rows), agreed.of, agreed.kind);
  const certificate = judgeValues({ rows, stretches, values, shards });
  return {
    ok: certificate.verdict === 'shuffled',
    judged: { kind: 'column', column, type: agreed.type, nulls },
    files: files.length,
    leftOut: [...leftOut, ...bad],
    certificate,
  };
}

/**
 * Judges whether the rows of a folder are in the order of a fair shuffle: by a column, of any folder, or by the permutation, of a result of Riffle.
 * Reads only; loads only the plugins it is given.
 * @throws `USAGE` if the folder or the column is not there, or a column is needed; `NO_ROWS`; `VERIFICATION_FAILED` if the manifest was edited
 */
export async function certify(folder: string, options: CertifyOptions): Promise<Certification> {
  // No job is planned from this; it stands for the parts of a job that judging needs.
  const recipe = recipeSchema.parse({ collections: [{ name: 'data', path: '.' }], output: '.' });
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => event.type !== 'configured' && options.onEvent?.(event),
  });
  try {
    const location = context.locate(folder);
    const manifest = options.column === undefined ? await manifestOf(context, location) : undefined;
    if (manifest !== undefined) return await certifyPlan(context, manifest);
    return await runStage(context, 'verify', () => certifyColumn(context, location, options.column));
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
