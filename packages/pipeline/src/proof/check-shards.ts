import type { Finding, ShardExpectation } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';

/** Read some written shards back. */
export interface CheckTask {
  readonly shards: readonly (ShardExpectation & { readonly location: string })[];
  readonly depth: 'full' | 'counts';
  readonly targetBatchBytes: number;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
}

/** Worker side of verify. A shard that is not there is a finding, like any other difference. */
export async function checkShards(
  task: CheckTask,
  { readers, storage, verifier, writer }: PluginSet,
): Promise<CheckResult> {
  const reader = readers.find((candidate) => candidate.extensions.includes(writer.extension));
  const findings: Finding[] = [];
  for (const { location, ...expectation } of task.shards) {
    const there = await storage.stat(location);
    if (there === undefined || there.kind !== 'file') {
      findings.push({ file: expectation.file, code: 'missing', message: `${expectation.file} is not there.` });
      continue;
    }
    if (reader === undefined) {
      findings.push({
        file: expectation.file,
        code: 'unreadable',
        message: `No reader of this job reads ${writer.extension} files, so ${expectation.file} cannot be checked.`,
      });
      continue;
    }
    const file = await storage.open(location);
    try {
      findings.push(
        ...(await verifier.check(file, expectation, reader, {
          depth: task.depth,
          targetBatchBytes: task.targetBatchBytes,
        })),
      );
    } finally {
      await file.close();
      reader.release?.();
    }
  }
  return { findings };
}
