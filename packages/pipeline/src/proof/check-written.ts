import { fingerprintHex, type FingerprintSums } from '@riffle/columnar';
import type { Finding } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { WrittenShard } from '../moving/open-shard.ts';
import type { Planned } from '../planning/plan-stage.ts';
import type { RunFolder } from '../publishing/output-folder.ts';

/** Reads shards back right after they were written, while others are being written. */
export async function checkWritten(
  context: JobContext,
  planned: Planned,
  outputs: FingerprintSums,
  folder: RunFolder,
  shards: readonly WrittenShard[],
): Promise<readonly Finding[]> {
  const { plan } = planned;
  const words = outputs.words();
  const { findings } = await context.pool.run('check', {
    shards: shards.map(({ shard, file, rows, bytes }) => ({
      file,
      rows,
      bytes,
      schema: plan.treaty,
      location: context.plugins.storage.join(folder.shards, file),
      ...(context.recipe.verify === 'full' ? { fingerprint: fingerprintHex(words, shard) } : {}),
    })),
    depth: context.recipe.verify,
    targetBatchBytes: plan.memory.readBatchBytes,
  });
  return findings;
}
