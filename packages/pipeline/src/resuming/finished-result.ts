import { canonicalJson, RiffleError, type Manifest, type Report, type Strategy } from '@riffle/core';
import type { StartedJob } from '../start-job.ts';
import { reportName, stateFolder } from '../publishing/output-folder.ts';
import { shardReports } from '../publishing/shard-reports.ts';
import { tryWriteCard } from '../publishing/write-card.ts';
import { tryWriteReport } from '../publishing/write-report.ts';
import { verifyOutput } from '../verify.ts';
import { collectionLosses } from '../survey/collection-losses.ts';
import { readManifest } from '../verifying/read-manifest.ts';
import { identityDigest } from './job-identity.ts';
import type { JobIdentity } from './journal-records.ts';
import { resumeRefused } from './refuse-other-job.ts';

/** The parts of the job that a manifest keeps in plain sight, where they differ. */
function differences(
  { plan, riffleVersion }: Manifest,
  { recipe, collections, riffleVersion: now }: JobIdentity,
): string[] {
  const compared = { ...plan, collections: plan.collections.map(({ name }) => name).join(', ') };
  const wanted: Record<string, unknown> = { ...recipe, collections: collections.map(({ name }) => name).join(', ') };
  const keys = [
    'collections',
    'shards',
    'seed',
    'compression',
    'rowGroupBytes',
    'profile',
    'schema',
    'columns',
  ] as const;
  return [
    ...(riffleVersion === now ? [] : [`Riffle was ${riffleVersion} and is ${now}`]),
    ...keys
      .filter((key) => canonicalJson(compared[key]) !== canonicalJson(wanted[key]))
      .map((key) => `${key} was ${JSON.stringify(compared[key])} and is ${JSON.stringify(wanted[key])}`),
  ];
}

/** The manifest's digest does not cover them: they may be anything. */
function warningsOf(warnings: unknown): readonly string[] {
  return Array.isArray(warnings) ? warnings.filter((warning) => typeof warning === 'string') : [];
}

function reportOf({ plan, receipt, run }: Manifest): Report {
  return {
    ok: true,
    rows: plan.rows,
    shards: shardReports(receipt.outputs),
    collections: receipt.collections,
    lost: receipt.lost.map(({ status: _status, ...lost }) => lost),
    losses: collectionLosses(receipt.collections, receipt.lost),
    warnings: warningsOf(run.warnings),
    peakMemoryBytes: run.peakMemoryBytes,
    strategy: run.strategy as Strategy,
    seconds: run.seconds,
  };
}

/**
 * The result that is there already, if it is the one this job would make: then it is verified, and nothing is left to do.
 * Undefined if it is another job's and the recipe says to overwrite it.
 * @throws `RESUME_REFUSED` if it is another job's; `VERIFICATION_FAILED` if it was changed since
 */
export async function finishedResult(
  context: StartedJob,
  output: string,
  identity: JobIdentity,
): Promise<Report | undefined> {
  const { overwrite } = context.recipe;
  const manifest = await readManifest(context.plugins.storage, output, context.signal);
  if (typeof manifest === 'string' || manifest.run.job !== identityDigest(identity)) {
    if (overwrite) return undefined;
    const found =
      typeof manifest === 'string' ? [`its manifest cannot be used: ${manifest}`] : differences(manifest, identity);
    throw resumeRefused(
      output,
      'there is no interrupted work, and the finished result',
      found.length > 0 ? found : ['its inputs were other files'],
    );
  }
  const { ok, findings } = await verifyOutput(context, output);
  if (ok) {
    if (context.recipe.card) await tryWriteCard(context, output, manifest);
    const { storage } = context.plugins;
    if ((await storage.stat(storage.join(output, stateFolder, reportName))) === undefined)
      await tryWriteReport(context, output, manifest);
    return reportOf(manifest);
  }
  if (overwrite) return undefined;
  throw new RiffleError(
    'VERIFICATION_FAILED',
    `The finished result in ${output} was changed since it was published. ${findings[0]!.message} Run \`riffle verify\` to see everything, or make it again with --overwrite and without --resume. Nothing was changed now.`,
    { output, findings },
  );
}
