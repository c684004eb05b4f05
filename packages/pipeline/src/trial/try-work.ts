import { randomUUID } from 'node:crypto';
import {
  batchOfColumns,
  columnBatchBytes,
  columnsOfBatch,
  convertBatch,
  schemaToBytes,
  sliceBatch,
  takeBatch,
  type ColumnBatch,
} from '@riffle/columnar';
import {
  isRiffleError,
  type CompressionCodec,
  type DecodeLimits,
  type JsonValue,
  type Reader,
  type ReadableFile,
  type Storage,
  type WorkKind,
  type WriterProfile,
} from '@riffle/core';
import { releaseScatterMemory } from '../moving/block-store.ts';
import { startMove, type Move, type MoveSpec } from '../moving/move.ts';
import type { SamplePlace } from '../planning/sample.ts';
import type { PluginSet } from '../plugins/plugin-set.ts';
import { readsBack } from '../plugins/reads-back.ts';
import { probePrefix } from '../publishing/output-folder.ts';
import { memoryFile } from './memory-file.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';
import { tryDisk } from './try-disk.ts';
import { tryMoving } from './try-moving.ts';

/** Try what a job will do with the beginning of one fragment. */
export interface TryTask {
  readonly place: SamplePlace;
  readonly move: MoveSpec;
  readonly limits: DecodeLimits;
  readonly compression: CompressionCodec;
  readonly profile: WriterProfile;
  readonly rowGroupBytes: number;
  /** Where rows would be spilled; need not be there yet. */
  readonly folder: string;
}

/** What was seen of this machine. */
interface Tried {
  /** Seconds of one core for each byte of Arrow data. */
  readonly secondsPerByte: Readonly<Record<WorkKind, number>>;
  /** Bytes a second, written and synced. */
  readonly diskSpeed: number;
}

export interface TryResult {
  /** Undefined if file or disk failed, or there was nothing to try. */
  readonly tried: Tried | undefined;
}

/** Arrow data in a batch, and decoded in all in a round: what a fragment costs once is spread over so much. */
const batchBytes = 6 * 2 ** 20;
const mostDecoded = 32 * 2 ** 20;
/** Arrow data by which encodings are chosen: less than a job takes, which takes longer. */
const tuningBytes = 2 ** 19;
/** The first round is not counted. */
const leastRounds = 2;
const mostMilliseconds = 600;

/** The folder itself, or the nearest one above it that is there. */
async function existing(folder: string, storage: Storage): Promise<string> {
  const above = storage.join(folder, '..');
  if (above === folder || (await storage.stat(folder))?.kind === 'directory') return folder;
  return existing(above, storage);
}

/** The rows copied, and not more than so many bytes of them: what is read is a view of the reader's memory, which the writer may move. */
function copied(batch: ColumnBatch, bytes: number): ColumnBatch {
  const perRow = columnBatchBytes(batch) / Math.max(1, batch.rows);
  const rows = Math.min(batch.rows, Math.max(1, Math.floor(bytes / Math.max(1, perRow))));
  const inOrder = Uint32Array.from({ length: rows }, (_, row) => row);
  return takeBatch([sliceBatch(batch, 0, rows)], { which: undefined, rows: inOrder }, 0, rows);
}

/** Decodes the fragment, or the beginning of it; its first rows, copied. */
async function tryDecoding(
  task: TryTask,
  reader: Reader,
  file: ReadableFile,
  move: Move,
  watch: Stopwatch,
): Promise<ColumnBatch | undefined> {
  const { place, limits } = task;
  const batches = reader.read(file, place.fragment, { targetBatchBytes: batchBytes, limits })[Symbol.asyncIterator]();
  let first: ColumnBatch | undefined;
  let decoded = 0;
  try {
    while (decoded < mostDecoded) {
      const started = performance.now();
      const { value: batch, done } = await batches.next();
      if (done === true) break;
      const converted = convertBatch(columnsOfBatch(batch), move.schema, task.move.conversions[place.conversion]!);
      const milliseconds = performance.now() - started;
      const bytes = columnBatchBytes(converted);
      watch.add('decode', bytes, milliseconds);
      decoded += bytes;
      first ??= copied(converted, batchBytes);
      if (milliseconds > mostMilliseconds) break;
    }
  } finally {
    await batches.return?.(undefined);
  }
  return first;
}

/** One round of everything. */
async function tryOnce(
  task: TryTask,
  plugins: PluginSet,
  file: ReadableFile,
  move: Move,
  tuning: JsonValue | undefined,
  [folder, name]: readonly [string, string],
  watch: Stopwatch,
): Promise<ColumnBatch | undefined> {
  const { storage, readers, writer, shuffler } = plugins;
  const rows = await tryDecoding(task, readers[task.place.reader]!, file, move, watch);
  if (rows === undefined || rows.rows === 0) return undefined;
  const ordered = await tryMoving(rows, move, shuffler, storage, folder, name, watch);
  const { compression, rowGroupBytes } = task;
  const bytes = columnBatchBytes(ordered);
  const pieces: Uint8Array[] = [];
  await watch.time('encode', bytes, async () => {
    const write = async (piece: Uint8Array) => void pieces.push(piece.slice());
    const options = { schema: move.schema, compression, rowGroupBytes, ...(tuning === undefined ? {} : { tuning }) };
    const shard = await writer.create({ write }, options);
    await shard.write(batchOfColumns(move.schema, ordered));
    await shard.close();
  });
  const back = readsBack(readers, writer);
  const schema = schemaToBytes(move.schema);
  await watch.time('check', bytes, async () => {
    if (back === undefined) return;
    const written = memoryFile(pieces);
    const { fragments } = await back.survey(written, { schema });
    for (const fragment of fragments.keys())
      for await (const _ of back.read(written, fragment, {
        targetBatchBytes: batchBytes,
        limits: task.limits,
        schema,
      }));
  });
  return rows;
}

/** Worker side of a trial: about a second. Leaves nothing behind. */
export async function tryWork(task: TryTask, plugins: PluginSet): Promise<TryResult> {
  const { storage, readers, writer, shuffler } = plugins;
  const { place, compression, profile, rowGroupBytes } = task;
  const watch = createStopwatch();
  try {
    const folder = await existing(task.folder, storage);
    const name = probePrefix + randomUUID();
    const move = startMove(task.move, shuffler);
    const file = await storage.open(place.location);
    try {
      const rows = await tryOnce(task, plugins, file, move, undefined, [folder, name], watch);
      if (rows === undefined) return { tried: undefined };
      const batch = batchOfColumns(move.schema, copied(rows, tuningBytes));
      const samples = [{ batch, columns: place.columns, columnRows: place.columnRows, rows: task.move.rows }];
      const rowsPerShard = Math.ceil(task.move.rows / task.move.shards);
      const tuningOptions = { schema: move.schema, compression, profile, rowGroupBytes, rowsPerShard };
      const tuning = await writer.tune?.(samples, tuningOptions);
      watch.reset();
      const begun = performance.now();
      for (let round = 1; round < leastRounds || performance.now() - begun < mostMilliseconds; round++)
        await tryOnce(task, plugins, file, move, tuning, [folder, name], watch);
    } finally {
      await file.close();
      for (const reader of readers) reader.release?.();
    }
    const diskSpeed = await tryDisk(storage.join(folder, name), storage);
    const secondsPerByte = watch.secondsPerByte();
    return { tried: secondsPerByte === undefined ? undefined : { secondsPerByte, diskSpeed } };
  } catch (error) {
    if (!isRiffleError(error)) throw error;
    return { tried: undefined };
  } finally {
    releaseScatterMemory();
  }
}
