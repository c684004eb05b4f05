import { schemaFromBytes } from '@riffle/columnar';
import type { Finding, PartitionColumn, Reader, ShardExpectation } from '@riffle/core';
import { restoringReader } from '../partitioning/restoring-reader.ts';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { readsBack } from '../plugins/reads-back.ts';

/** Read some written shards back. */
export interface CheckTask {
  readonly shards: readonly (ShardExpectation & {
    readonly location: string;
    /** Values of {@link partitionBy} that all rows of the file have. */
    readonly partition?: readonly (string | null)[] | undefined;
  })[];
  /** Columns that shards are divided by. */
  readonly partitionBy?: readonly PartitionColumn[] | undefined;
  readonly depth: 'full' | 'counts';
  readonly targetBatchBytes: number;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
}

/** A schema that a manifest holds is data like the rest of it; reading it here, a thread can be ended that it keeps busy. */
function schemaProblem(schemas: readonly Uint8Array[]): string | undefined {
  try {
    for (const schema of new Set(schemas)) schemaFromBytes(schema);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What only the path of a file tells of its rows is given back to them. */
function readerOf(
  reader: Reader,
  { partitionBy }: CheckTask,
  { schema }: ShardExpectation,
  partition: CheckTask['shards'][number]['partition'],
): Reader {
  if (partitionBy === undefined || partition === undefined) return reader;
  return restoringReader(reader, schema, partitionBy, partition);
}

/** Worker side of verify. A shard that is not there is a finding, like any other difference. */
export async function checkShards(
  task: CheckTask,
  { readers, storage, verifier, writer }: PluginSet,
): Promise<CheckResult> {
  const reader = readsBack(readers, writer);
  const findings: Finding[] = [];
  const problem = schemaProblem(task.shards.map(({ schema }) => schema));
  if (problem !== undefined) {
    const message = `The schema that the shards must have is no Arrow schema (plan.treaty): ${problem}.`;
    return { findings: [{ file: '.riffle/manifest.json', code: 'manifest', message }] };
  }
  for (const { location, partition, ...expectation } of task.shards) {
    const there = await storage.stat(location);
    if (there === undefined || there.kind !== 'file') {
      const what = there === undefined ? 'is not there' : `is ${there.note ?? 'a folder'} and no file`;
      findings.push({ file: expectation.file, code: 'missing', message: `${expectation.file} ${what}.` });
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
        ...(await verifier.check(file, expectation, readerOf(reader, task, expectation, partition), {
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
