import { createFingerprintSums, fingerprintHex, type FingerprintSums } from '@riffle/columnar';
import { fromEnvelope } from '@riffle/core';
import type { JobContext } from '../job-context.ts';
import { runAll } from '../pool/run-all.ts';
import type { PlacedFile } from '../survey/plan-order.ts';
import type { AgreedSurvey } from './agree-on-schema.ts';
import { targetBatchBytes } from './check-outputs.ts';
import type { RereadFragment, RereadTask } from './reread-unit.ts';
import type { TracedRow } from './trace-rows.ts';

/** A task covers at least so many bytes of files, or fragments. */
const bytesPerTask = 32 * 2 ** 20;
const fragmentsPerTask = 1024;

/** What decoding all inputs again gave. */
export interface RereadInputs {
  readonly rows: number;
  /** Fingerprint of what was read, by shard number. */
  readonly fingerprints: ReadonlyMap<number, string>;
  /** Four words of each traced row that could be read. */
  readonly words: ReadonlyMap<TracedRow, Uint32Array>;
  readonly bad: readonly { readonly placed: PlacedFile; readonly reason: string }[];
}

interface PlacedFragment {
  readonly placed: PlacedFile;
  readonly task: RereadFragment;
  readonly traced: readonly TracedRow[];
}

/** All fragments in plan order, cut into tasks. Row groups that a salvaged shard was used without are left out. */
function cutTasks(
  files: readonly PlacedFile[],
  { conversionOf }: AgreedSurvey,
  traced: readonly TracedRow[],
): readonly (readonly PlacedFragment[])[] {
  const tasks: PlacedFragment[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  let next = 0;
  for (const placed of files) {
    const { file, shard, collection } = placed;
    const conversion = conversionOf(collection, file.schema);
    let rowOfFile = 0;
    for (const [fragment, { bytes: size, rows, lost }] of file.fragments.entries()) {
      const firstRow = rowOfFile;
      rowOfFile += rows;
      if (lost === true) continue;
      const start = next;
      while (next < traced.length && traced[next]!.placed === placed && traced[next]!.fragment === fragment) next++;
      const own = traced.slice(start, next);
      if (bytes >= bytesPerTask || tasks.at(-1)!.length >= fragmentsPerTask) {
        tasks.push([]);
        bytes = 0;
      }
      const wanted = own.map(({ rowOfFragment }) => rowOfFragment);
      const { location, reader } = file;
      const task = { location, reader, fragment, firstRow, conversion, shard, wanted };
      tasks.at(-1)!.push({ placed, task, traced: own });
      bytes += size;
    }
  }
  return tasks;
}

/** Decodes every row of the inputs. */
export async function rereadInputs(
  context: JobContext,
  files: readonly PlacedFile[],
  agreed: AgreedSurvey,
  traced: readonly TracedRow[],
): Promise<RereadInputs> {
  const sums = new Map<number, FingerprintSums>();
  const words = new Map<TracedRow, Uint32Array>();
  const treaty = agreed.survey.schemas[0]!;
  const bad: { placed: PlacedFile; reason: string }[] = [];
  const ofRows = files.reduce((sum, { file }) => sum + file.rows, 0);
  let rows = 0;
  let bytes = 0;
  await runAll(cutTasks(files, agreed, traced), context.pool.workers, async (fragments) => {
    const task: RereadTask = {
      treaty,
      conversions: agreed.conversions,
      fragments: fragments.map((fragment) => fragment.task),
      targetBatchBytes,
    };
    const result = await context.pool.run('reread', task);
    for (const [index, answer] of result.fragments.entries()) {
      const { placed, traced: own, task: read } = fragments[index]!;
      bytes += placed.file.fragments[read.fragment]!.bytes;
      if (answer.status === 'bad') {
        bad.push({ placed, reason: fromEnvelope(answer.error).message });
        continue;
      }
      rows += answer.rows;
      for (const [at, row] of own.entries()) words.set(row, answer.words.subarray(4 * at, 4 * at + 4));
    }
    for (const { shard, words: part } of result.sums) {
      const sum = sums.get(shard) ?? createFingerprintSums(1);
      sums.set(shard, sum);
      sum.add(0, part, 0);
    }
    const { heldBytes: memoryBytes } = context.pool;
    context.emit({ type: 'progress', stage: 'verify', rows, ofRows, bytes, memoryBytes, spilledBytes: 0 });
  });
  const fingerprints = new Map([...sums].map(([shard, sum]) => [shard, fingerprintHex(sum.words())]));
  return { rows, fingerprints, words, bad };
}
