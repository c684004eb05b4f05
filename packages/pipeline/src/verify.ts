import type { Finding, JobOptions, Manifest } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';
import { checkOutputs, extraShards } from './verifying/check-outputs.ts';
import { judgeManifest } from './verifying/judge-manifest.ts';
import { manifestFile, readManifest } from './verifying/read-manifest.ts';

/** What `verify` found. `ok` if there is no finding. */
export interface Verification {
  readonly ok: boolean;
  readonly shards: number;
  readonly rows: number;
  readonly findings: readonly Finding[];
}

/** Tells how many shards are as they should be. */
function tell(context: StartedJob, { receipt }: Manifest, findings: readonly Finding[]): void {
  const listed = new Set(receipt.outputs.map(({ file }) => file));
  const touched = new Set(findings.filter(({ file }) => listed.has(file)).map(({ file }) => file)).size;
  const missing = findings.filter(({ code }) => code === 'missing').length;
  const empty = findings.filter(({ code }) => code === 'empty').length;
  const different = touched - missing - empty;
  context.emit({ type: 'verified', valid: listed.size - touched, empty, missing, different });
}

export async function verifyOutput(context: StartedJob, output: string): Promise<Verification> {
  const { storage, writer, shuffler } = context.plugins;
  const manifest = await readManifest(storage, output, context.signal);
  if (typeof manifest === 'string') {
    const message = `The manifest cannot be used: ${manifest}.`;
    return { ok: false, shards: 0, rows: 0, findings: [{ file: manifestFile, code: 'manifest', message }] };
  }
  const { findings: contradictions, namesShards } = judgeManifest(manifest, writer.extension, shuffler);
  const differences = namesShards ? await checkOutputs(context, output, manifest) : [];
  const extra = await extraShards(storage, output, writer.extension, manifest);
  const findings = [...contradictions, ...differences, ...extra];
  tell(context, manifest, findings);
  return { ok: findings.length === 0, shards: manifest.plan.shards, rows: manifest.plan.rows, findings };
}

/**
 * Checks a result against its manifest: every shard's bytes, sha256, schema, rows and fingerprint; no shard missing or
 * added; the manifest not edited. Loads only the plugins it is given: nothing that the manifest names.
 * @throws `NOT_A_RESULT` if there is no manifest, and what depends on the machine.
 */
export async function verify(folder: string, options: JobOptions): Promise<Verification> {
  // No job is planned from this; it stands for the parts of a job that verifying needs.
  const recipe = recipeSchema.parse({ collections: [{ name: 'result', path: '.' }], output: '.' });
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => event.type !== 'configured' && options.onEvent?.(event),
  });
  try {
    return await verifyOutput(context, context.locate(folder));
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
