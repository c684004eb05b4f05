import {
  RiffleError,
  recipeSchema,
  type Finding,
  type JobOptions,
  type Manifest,
  type OutputShardReceipt,
  type Storage,
} from '@riffle/core';
import { runAll } from './pool/run-all.ts';
import { parseManifest } from './proof/manifest-schema.ts';
import { isShardName, manifestName, publishedShards, stateFolder } from './publishing/output-folder.ts';
import { manifestDigest } from './publishing/make-manifest.ts';
import { asRiffleError, startJob, type StartedJob } from './start-job.ts';

/** What `verify` found. `ok` if there is no finding. */
export interface Verification {
  readonly ok: boolean;
  readonly shards: number;
  readonly rows: number;
  readonly findings: readonly Finding[];
}

/** A manifest larger than this is not read: 10,000 shards and 100,000 inputs take about 40 MB. */
const largestManifest = 2 ** 28;
const shardsPerTask = 4;
const targetBatchBytes = 16 * 2 ** 20;

async function readManifest(storage: Storage, output: string): Promise<string> {
  const location = storage.join(output, stateFolder, manifestName);
  const entry = await storage.stat(location);
  if (entry?.kind !== 'file') {
    throw new RiffleError(
      'NOT_A_RESULT',
      `${output} has no ${stateFolder}/${manifestName}, so it is not a finished result of Riffle. Give the folder that a run published.`,
      { location },
    );
  }
  if (entry.size > largestManifest)
    throw new RiffleError('NOT_A_RESULT', `${location} has ${entry.size} bytes; no manifest is that large.`, {
      location,
    });
  const file = await storage.open(location);
  try {
    return new TextDecoder().decode(await file.read(0, entry.size));
  } finally {
    await file.close();
  }
}

/** What is wrong with the manifest itself, before any shard is opened. */
function judgeManifest(manifest: Manifest, extension: string): Finding[] {
  const findings: Finding[] = [];
  const add = (message: string) => findings.push({ file: `${stateFolder}/${manifestName}`, code: 'manifest', message });
  const { plan, receipt } = manifest;
  if (manifestDigest(manifest) !== manifest.digest)
    add('The manifest was edited: its digest does not match its content.');
  if (receipt.outputs.length !== plan.shards)
    add(`The manifest lists ${receipt.outputs.length} shards and its plan says ${plan.shards}.`);
  const rows = receipt.outputs.reduce((sum, output) => sum + output.rows, 0);
  if (rows !== plan.rows) add(`The manifest's shards have ${rows} rows together and its plan says ${plan.rows}.`);
  const bad = receipt.outputs.find((output) => !isShardName(output.file, extension));
  if (bad !== undefined) add(`The manifest names ${JSON.stringify(bad.file)}, which is no name of a shard.`);
  if (new Set(receipt.outputs.map((output) => output.file)).size !== receipt.outputs.length)
    add('The manifest names a shard twice.');
  return findings;
}

async function checkOutputs(context: StartedJob, output: string, manifest: Manifest): Promise<Finding[]> {
  const { storage } = context.plugins;
  const treaty = new Uint8Array(Buffer.from(manifest.plan.treaty, 'base64'));
  const { outputs } = manifest.receipt;
  const parts = Array.from({ length: Math.ceil(outputs.length / shardsPerTask) }, (_, index) =>
    outputs.slice(index * shardsPerTask, (index + 1) * shardsPerTask),
  );
  const findings: Finding[][] = [];
  let rows = 0;
  await runAll(parts, context.pool.workers, async (part: readonly OutputShardReceipt[], index) => {
    const shards = part.map((receipt) => ({
      ...receipt,
      schema: treaty,
      location: storage.join(output, receipt.file),
    }));
    findings[index] = [...(await context.pool.run('check', { shards, depth: 'full', targetBatchBytes })).findings];
    rows += part.reduce((sum, receipt) => sum + receipt.rows, 0);
    context.emit({
      type: 'progress',
      stage: 'verify',
      rows,
      ofRows: manifest.plan.rows,
      bytes: 0,
      memoryBytes: context.pool.heldBytes,
    });
  });
  return findings.flat();
}

/**
 * Checks a result against its manifest: every shard's bytes, sha256, schema, rows and fingerprint; no shard missing or
 * added; the manifest not edited. Loads only the plugins it is given: nothing that the manifest names.
 * @throws `NOT_A_RESULT` if there is no manifest, and what depends on the machine.
 */
export async function verify(folder: string, options: JobOptions): Promise<Verification> {
  const recipe = recipeSchema.parse({ collections: [{ name: 'result', path: folder }], output: folder });
  const context = await startJob(recipe, {
    ...options,
    onEvent: (event) => event.type !== 'configured' && options.onEvent?.(event),
  });
  try {
    const { storage, writer } = context.plugins;
    const output = context.locate(folder);
    const manifest = parseManifest(await readManifest(storage, output));
    if (typeof manifest === 'string') {
      const findings: Finding[] = [
        {
          file: `${stateFolder}/${manifestName}`,
          code: 'manifest',
          message: `The manifest cannot be used: ${manifest}.`,
        },
      ];
      return { ok: false, shards: 0, rows: 0, findings };
    }
    const findings = judgeManifest(manifest, writer.extension);
    if (findings.every((finding) => !/no name of a shard|names a shard twice/.test(finding.message)))
      findings.push(...(await checkOutputs(context, output, manifest)));
    const listed = new Set(manifest.receipt.outputs.map((receipt) => receipt.file));
    for (const file of await publishedShards(storage, output, writer.extension)) {
      if (!listed.has(file))
        findings.push({ file, code: 'extra', message: `${file} is there and is not in the manifest.` });
    }
    const missing = findings.filter((finding) => finding.code === 'missing').length;
    const empty = findings.filter((finding) => finding.code === 'empty').length;
    const touched = new Set(findings.filter((finding) => listed.has(finding.file)).map((finding) => finding.file)).size;
    context.emit({
      type: 'verified',
      valid: listed.size - touched,
      empty,
      missing,
      different: touched - missing - empty,
    });
    return { ok: findings.length === 0, shards: manifest.plan.shards, rows: manifest.plan.rows, findings };
  } catch (error) {
    throw asRiffleError(error, options.signal);
  } finally {
    await context.close();
  }
}
