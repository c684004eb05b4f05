import { isShardPath, type Finding, type Manifest, type OutputShardReceipt, type Storage } from '@riffle/core';
import { runAll } from '../pool/run-all.ts';
import { isShardName } from '../publishing/output-folder.ts';
import { foldersOf } from '../publishing/shard-paths.ts';
import type { StartedJob } from '../start-job.ts';
import { recogniseShards } from './recognise-shards.ts';

const shardsPerTask = 4;
/** Arrow data decoded at once by one worker. */
export const targetBatchBytes = 16 * 2 ** 20;

/** Reads every shard of the manifest and compares it. Findings stand in the order of the shards. */
export async function checkOutputs(
  context: StartedJob,
  output: string,
  manifest: Manifest,
): Promise<readonly Finding[]> {
  const { storage } = context.plugins;
  const treaty = new Uint8Array(Buffer.from(manifest.plan.treaty, 'base64'));
  const { outputs } = manifest.receipt;
  const parts = Array.from({ length: Math.ceil(outputs.length / shardsPerTask) }, (_, index) =>
    outputs.slice(index * shardsPerTask, (index + 1) * shardsPerTask),
  );
  context.pool.expectBytes(outputs.reduce((sum, receipt) => sum + receipt.bytes, 0));
  const findings: Finding[][] = [];
  let rows = 0;
  let bytes = 0;
  await runAll(parts, context.pool.workers, async (part: readonly OutputShardReceipt[], index) => {
    const shards = part.map((receipt) => ({
      ...receipt,
      schema: treaty,
      location: storage.join(output, receipt.file),
    }));
    const task = { shards, partitionBy: manifest.plan.partitionBy, depth: 'full' as const, targetBatchBytes };
    findings[index] = [...(await context.pool.run('check', task)).findings];
    for (const receipt of part) {
      rows += receipt.rows;
      bytes += receipt.bytes;
    }
    context.emit({
      type: 'progress',
      stage: 'verify',
      rows,
      ofRows: manifest.plan.rows,
      bytes,
      memoryBytes: context.pool.heldBytes,
      spilledBytes: 0,
    });
  });
  // A problem of the manifest is found by every task.
  const unique = new Map(findings.flat().map((finding) => [`${finding.file} ${finding.code}`, finding]));
  return recogniseShards([...unique.values()], outputs);
}

/** What is named like a shard, or lies in a folder of shards, and is none of the manifest's. Its names are those of shards. */
export async function extraShards(
  storage: Storage,
  output: string,
  extension: string,
  manifest: Manifest,
): Promise<readonly Finding[]> {
  const listed = new Set(manifest.receipt.outputs.map(({ file }) => file));
  const found = (await storage.list(output)).filter(({ path }) => isShardName(path, extension)).map(({ path }) => path);
  // Folders that a layout made are the result's alone.
  for (const folder of foldersOf([...listed].filter(isShardPath))) {
    const there = (await storage.stat(storage.join(output, folder)))?.kind === 'directory';
    const entries = there ? await storage.list(storage.join(output, folder)) : [];
    found.push(...entries.map(({ path }) => `${folder}/${path}`).filter((path) => path.endsWith(extension)));
  }
  return found
    .filter((path) => !listed.has(path))
    .map((path) => ({ file: path, code: 'extra', message: `${path} is there and is not in the manifest.` }));
}
