import type { Finding, Manifest } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { planOrder } from '../survey/plan-order.ts';
import { createSchemaTable } from '../survey/schema-table.ts';
import { agreeOnSchema } from './agree-on-schema.ts';
import { compareFiles } from './compare-files.ts';
import { compareSample } from './compare-sample.ts';
import type { LocatedInput } from './locate-inputs.ts';
import { judgeRows } from './judge-rows.ts';
import { manifestFile } from './read-manifest.ts';
import { receiptSurvey } from './receipt-survey.ts';
import { rereadInputs } from './reread-inputs.ts';
import { samplePositions } from './sample-positions.ts';
import { surveyInputs } from './survey-inputs.ts';
import { traceRows } from './trace-rows.ts';

/** How much of the inputs was compared. */
export interface InputsCompared {
  /** Input shards of the receipt. */
  readonly shards: number;
  /** Rows of the inputs that were decoded and whose fingerprints were added up. */
  readonly rows: number;
  /** Rows of the result that were compared with the input row that belongs there. */
  readonly sampledRows: number;
}

/** Differences after which a shard's rows cannot be compared one by one. */
const unusable = new Set<Finding['code']>(['missing', 'unreadable', 'empty', 'misplaced', 'schema']);

function otherShuffler(wanted: string, known: string): Finding {
  const message = `The order of rows cannot be compared: the manifest names the shuffler ${JSON.stringify(wanted)}, and this is ${JSON.stringify(known)}.`;
  return { file: manifestFile, code: 'order', message };
}

/**
 * Reads the inputs again and compares them with the receipt: names, sizes and rows of the files; the fingerprint of every shard, from all its rows;
 * and sampled rows of the result with the input rows that the permutation puts there.
 * @param outputFindings what is known of the output shards
 */
export async function compareInputs(
  context: JobContext,
  output: string,
  manifest: Manifest,
  inputs: readonly LocatedInput[],
  outputFindings: readonly Finding[],
): Promise<{ readonly findings: readonly Finding[]; readonly compared: InputsCompared }> {
  const { plan, receipt, digest } = manifest;
  const { shuffler } = context.plugins;
  const schemas = createSchemaTable();
  schemas.add(new Uint8Array(Buffer.from(plan.treaty, 'base64')));
  const surveyed = await surveyInputs(context, inputs, schemas);
  const files = compareFiles(manifest, surveyed, inputs);
  const now = receiptSurvey(manifest, schemas.schemas, files.found);
  const agreed = agreeOnSchema(now, manifest);
  const placed = planOrder(agreed.survey);
  const sample = samplePositions(plan.rows, plan.shards, digest, shuffler);
  const traced = traceRows(sample, shuffler.plan(plan.rows, plan.seed), placed);
  const reread = await rereadInputs(context, placed, agreed, traced);
  const differences = judgeRows({ ...now, survey: agreed.survey }, reread, [...files.findings, ...agreed.findings]);
  const skip = new Set(outputFindings.filter(({ code }) => unusable.has(code)).map(({ file }) => file));
  if (plan.partitionBy !== undefined)
    context.warn('The order of rows was not compared: which row of a shard is in which of its files is not noted.');
  const rows =
    plan.partitionBy !== undefined
      ? { findings: [], rows: 0 }
      : plan.shuffler === shuffler.name
        ? await compareSample(context, output, manifest, now, reread.words, skip)
        : { findings: [otherShuffler(plan.shuffler, shuffler.name)], rows: 0 };
  return {
    findings: [...differences, ...rows.findings],
    compared: { shards: receipt.inputs.length, rows: reread.rows, sampledRows: rows.rows },
  };
}
