import {
  columnBatchBytes,
  columnsOfBatch,
  convertBatch,
  createFingerprintSums,
  type FingerprintSums,
} from '@riffle/columnar';
import { isBadContent, RiffleError, toEnvelope, type DecodeLimits, type ReadableFile } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';
import type { BadFragment } from '../survey/judge-fragments.ts';
import { openStore, type SpillFile, type StoreChoice } from './block-store.ts';
import type { Block } from './block.ts';
import { dealRows } from './dealt-batch.ts';
import { startMove, type MoveSpec } from './move.ts';
import { createSmallBatches } from './small-batches.ts';

/** One fragment with its place in the job. */
export interface ScatterFragment {
  /** Number of its file in plan order. */
  readonly file: number;
  readonly location: string;
  /** The file's bytes as surveyed. */
  readonly size: number;
  /** What told then that its content is this one. */
  readonly version: string | undefined;
  readonly reader: number;
  readonly fragment: number;
  readonly rows: number;
  /** Global number of its first row. */
  readonly firstRow: number;
  /** The same counted in its file, lost fragments among it. */
  readonly rowOfFile: number;
  /** Index into {@link MoveSpec.conversions}. */
  readonly conversion: number;
  /** Number of the input shard it belongs to. */
  readonly shard: number;
}

export interface ScatterTask {
  readonly move: MoveSpec;
  readonly fragments: readonly ScatterFragment[];
  readonly readBatchBytes: number;
  readonly flushBytes: number;
  readonly store: StoreChoice;
  /** Buckets to keep; rows of others are left out. */
  readonly keep: readonly [from: number, to: number];
  /** Whether to add up fingerprints (in the first pass only). */
  readonly fingerprint: boolean;
  readonly limits: DecodeLimits;
  /** Whether to read on in a shard after a bad fragment, to know which of the others are good. */
  readonly salvage: boolean;
}

/** What a file's fragments took as Arrow data. */
interface DecodedFile {
  /** Number of the file in plan order. */
  readonly file: number;
  readonly bytes: number;
}

export interface ScatterResult {
  readonly rows: number;
  /** Arrow data decoded. */
  readonly bytes: number;
  readonly blocks: readonly Block[];
  /** The file that the blocks are in, if they are in one. */
  readonly spill?: SpillFile | undefined;
  /** Sums by output shard, four words each. */
  readonly outputs: Uint32Array | undefined;
  readonly inputs: readonly { readonly shard: number; readonly words: Uint32Array }[];
  /** Arrow data of the good fragments of each file, in bytes. The same however little is read at once. */
  readonly decoded: readonly DecodedFile[];
  /** In order; of a shard that is not to be salvaged, the first. */
  readonly bad: readonly BadFragment[];
}

/** Positions were planned for what the survey saw, so nothing else may be read; and a loss must not depend on when somebody writes. */
function fileChanged(location: string, difference: string): RiffleError {
  return new RiffleError(
    'FILE_CHANGED',
    `${location} has ${difference} when it was surveyed: it changed while the job was running. Run again once nothing writes there.`,
    { file: location },
  );
}

/** Compares what is there with what was surveyed. */
function refuseChanged(
  { location, size, version }: ScatterFragment,
  now: { readonly size: number; readonly version?: string | undefined },
): void {
  if (now.size !== size) throw fileChanged(location, `${now.size} bytes now and had ${size}`);
  if (now.version !== version && version !== undefined)
    throw new RiffleError(
      'FILE_CHANGED',
      `${location} changed while the job was running: it was written to (same size, other time of change). Run again once nothing writes there.`,
      { file: location },
    );
}

/** Worker side of scatter: read fragments in order, deal their rows into buckets, hand blocks to the store. */
export async function scatterUnit(task: ScatterTask, plugins: PluginSet): Promise<ScatterResult> {
  const move = startMove(task.move, plugins.shuffler);
  const [from, to] = task.keep;
  const store = await openStore(task.store, plugins.storage, from, task.flushBytes, {});
  const outputs = task.fingerprint ? createFingerprintSums(task.move.shards) : undefined;
  const inputs = new Map<number, FingerprintSums>();
  const bad: BadFragment[] = [];
  const badShards = new Set<number>();
  const decoded = new Map<number, number>();
  let rows = 0;
  let bytes = 0;
  let open: { readonly fragment: ScatterFragment; readonly file: ReadableFile } | undefined;

  const batches = createSmallBatches(async (sources) => {
    if (store !== undefined && bad.length === 0)
      await store.add(dealRows(move, sources, from, to, outputs, store.allocatorFor(sources)));
  });
  /** Also after the last read: what came before a change and what came after do not belong together. */
  const closeFile = async () => {
    if (open === undefined) return;
    const { fragment, file } = open;
    open = undefined;
    await file.close();
    const now = await plugins.storage.stat(fragment.location);
    if (now === undefined) throw fileChanged(fragment.location, 'been removed after it was opened and was there');
    refuseChanged(fragment, now);
  };
  const openFile = async (fragment: ScatterFragment) => {
    if (open?.fragment.location === fragment.location) return open.file;
    await closeFile();
    const file = await plugins.storage.open(fragment.location);
    open = { fragment, file };
    refuseChanged(fragment, file);
    return file;
  };
  const scatterFragment = async (fragment: ScatterFragment) => {
    const file = await openFile(fragment);
    const end = fragment.firstRow + fragment.rows;
    const input = inputs.get(fragment.shard) ?? createFingerprintSums(1);
    inputs.set(fragment.shard, input);
    let firstRow = fragment.firstRow;
    const bytesBefore = bytes;
    const options = { targetBatchBytes: task.readBatchBytes, limits: task.limits };
    for await (const batch of plugins.readers[fragment.reader]!.read(file, fragment.fragment, options)) {
      const source = columnsOfBatch(batch);
      if (firstRow + source.rows > end)
        throw fileChanged(fragment.location, `more rows in row group ${fragment.fragment} than the ${fragment.rows}`);
      rows += source.rows;
      bytes += columnBatchBytes(source);
      const rowOfFile = fragment.rowOfFile + firstRow - fragment.firstRow;
      const converted = convertBatch(source, move.schema, task.move.conversions[fragment.conversion]!, rowOfFile);
      await batches.add({ batch: converted, firstRow, input });
      firstRow += source.rows;
    }
    if (firstRow < end)
      throw fileChanged(fragment.location, `fewer rows in row group ${fragment.fragment} than the ${fragment.rows}`);
    decoded.set(fragment.file, (decoded.get(fragment.file) ?? 0) + bytes - bytesBefore);
  };

  try {
    for (const fragment of task.fragments) {
      if (!task.salvage && badShards.has(fragment.shard)) continue;
      try {
        await scatterFragment(fragment);
      } catch (error) {
        if (!isBadContent(error)) throw error;
        const { shard, location } = fragment;
        badShards.add(shard);
        bad.push({ shard, location, fragment: fragment.fragment, error: toEnvelope(error) });
      }
    }
    await closeFile();
    await batches.flush();
    const stored = bad.length === 0 && store !== undefined ? await store.finish() : { blocks: [] };
    const sums = [...inputs].map(([shard, input]) => ({ shard, words: input.words() }));
    return {
      rows,
      bytes,
      ...stored,
      outputs: outputs?.words(),
      inputs: sums,
      decoded: [...decoded].map(([file, fileBytes]) => ({ file, bytes: fileBytes })),
      bad,
    };
  } finally {
    await open?.file.close();
    await store?.close();
    for (const reader of plugins.readers) reader.release?.();
  }
}
