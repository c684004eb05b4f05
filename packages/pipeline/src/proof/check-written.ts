import { fingerprintHex, type FingerprintSums } from '@riffle/columnar';
import type { Finding } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import type { WrittenShard } from '../moving/open-shard.ts';
import type { Planned } from '../planning/plan-stage.ts';
import { groupBy } from '../survey/group-by.ts';
import { sumOfFingerprints } from '../verifying/sum-of-fingerprints.ts';
import type { RunFolder } from '../publishing/output-folder.ts';

/** The rows that were divided into the parts of a shard, against those that were dealt to it. Parts of a shard come together. */
function partSums(words: Uint32Array, shards: readonly WrittenShard[]): readonly Finding[] {
  const parts = shards.flatMap(({ shard, file, fingerprint }) =>
    fingerprint === undefined ? [] : [{ shard, file, fingerprint }],
  );
  return [...groupBy(parts, ({ shard }) => shard)].flatMap(([shard, own]): readonly Finding[] => {
    const found = sumOfFingerprints(own);
    const expected = fingerprintHex(words, shard);
    if (found === expected) return [];
    const message = `The files of shard ${shard} hold other rows together: fingerprint ${found} instead of ${expected}.`;
    return own.map(({ file }) => ({ file, code: 'fingerprint', message, found }));
  });
}

/** Reads shards back right after they were written, while others are being written. */
export async function checkWritten(
  context: JobContext,
  planned: Planned,
  outputs: FingerprintSums,
  folder: RunFolder,
  shards: readonly WrittenShard[],
): Promise<readonly Finding[]> {
  const { plan, partitioning } = planned;
  const words = outputs.words();
  const sums = partSums(words, shards);
  const { findings } = await context.pool.run('check', {
    shards: shards.map(({ shard, file, partition, rows, bytes, fingerprint }) => ({
      file,
      rows,
      bytes,
      partition,
      schema: plan.treaty,
      location: context.plugins.storage.join(folder.shards, file),
      ...(context.recipe.verify === 'full' ? { fingerprint: fingerprint ?? fingerprintHex(words, shard) } : {}),
    })),
    partitionBy: partitioning?.by,
    depth: context.recipe.verify,
    targetBatchBytes: plan.memory.readBatchBytes,
  });
  return [...sums, ...findings];
}
