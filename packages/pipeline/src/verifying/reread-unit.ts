import {
  columnsOfBatch,
  convertBatch,
  createFingerprintSums,
  fingerprintRows,
  schemaFromBytes,
  sliceBatch,
  type ColumnConversion,
  type FingerprintSums,
} from '@riffle/columnar';
import { isBadContent, toEnvelope, type ErrorEnvelope, type ReadableFile } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { createRowPicker } from './pick-rows.ts';

/** One fragment of an input, with the rows of it that are compared one by one. */
export interface RereadFragment {
  readonly location: string;
  readonly reader: number;
  readonly fragment: number;
  /** Of the file. */
  readonly firstRow: number;
  /** Index into the task's conversions. */
  readonly conversion: number;
  /** Number of its shard in the receipt. */
  readonly shard: number;
  /** Rows of the fragment, ascending. */
  readonly wanted: readonly number[];
}

/** Decode some fragments of inputs as a job would, and fingerprint their rows. */
export interface RereadTask {
  readonly fragments: readonly RereadFragment[];
  /** The plan's schema as an IPC stream of zero batches. */
  readonly treaty: Uint8Array;
  readonly conversions: readonly (readonly ColumnConversion[])[];
  readonly targetBatchBytes: number;
}

export interface RereadResult {
  /** By fragment: four words for each wanted row, or why it cannot be read. */
  readonly fragments: readonly (
    | { readonly status: 'read'; readonly rows: number; readonly words: Uint32Array }
    | { readonly status: 'bad'; readonly error: ErrorEnvelope }
  )[];
  readonly sums: readonly { readonly shard: number; readonly words: Uint32Array }[];
}

/** Rows that are converted at once: a default of a kilobyte makes a batch of narrow numbers a thousand times as large. */
const rowsAtOnce = 2 ** 16;

/** Worker side of comparing inputs. Content that cannot be read is an answer. */
export async function rereadUnit(task: RereadTask, { storage, readers }: PluginSet): Promise<RereadResult> {
  const schema = schemaFromBytes(task.treaty);
  const sums = new Map<number, FingerprintSums>();
  const answers: RereadResult['fragments'][number][] = [];
  let open: ReadableFile | undefined;
  const openFile = async (location: string) => {
    if (open?.location === location) return open;
    await open?.close();
    open = undefined;
    open = await storage.open(location);
    return open;
  };
  const read = async (fragment: RereadFragment) => {
    const file = await openFile(fragment.location);
    const sum = sums.get(fragment.shard) ?? createFingerprintSums(1);
    sums.set(fragment.shard, sum);
    const picker = createRowPicker(fragment.wanted);
    let rows = 0;
    const { targetBatchBytes } = task;
    for await (const batch of readers[fragment.reader]!.read(file, fragment.fragment, { targetBatchBytes })) {
      const source = columnsOfBatch(batch);
      for (let start = 0; start < source.rows; start += rowsAtOnce) {
        const part = sliceBatch(source, start, Math.min(source.rows, start + rowsAtOnce));
        const conversions = task.conversions[fragment.conversion]!;
        const columns = convertBatch(part, schema, conversions, fragment.firstRow + rows);
        const fingerprints = new Uint32Array(4 * columns.rows);
        fingerprintRows(columns, fingerprints);
        sum.addAll(0, fingerprints, columns.rows);
        picker.see(columns, rows, fingerprints);
        rows += columns.rows;
      }
    }
    return { status: 'read', rows, words: picker.words } as const;
  };
  try {
    for (const fragment of task.fragments) {
      try {
        answers.push(await read(fragment));
      } catch (error) {
        if (!isBadContent(error)) throw error;
        answers.push({ status: 'bad', error: toEnvelope(error) });
      }
    }
    return { fragments: answers, sums: [...sums].map(([shard, sum]) => ({ shard, words: sum.words() })) };
  } finally {
    await open?.close();
    for (const reader of readers) reader.release?.();
  }
}
