import {
  batchOfColumns,
  columnBatchBytes,
  columnsOfBatch,
  fingerprintRows,
  sliceBatch,
  takeBatch,
  type ColumnBatch,
} from '@riffle/columnar';
import type { Plan, SurveyedFile } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';

/** Arrow data decoded and encoded again. */
const sampleBytes = 4 * 2 ** 20;
/** The first time a codec runs it is several times slower than ever after: it is not counted. */
const leastRounds = 2;
const mostMilliseconds = 400;

/** A file of middle size says more of a job than the first one. */
function middleFile({ survey }: Pick<Plan, 'survey'>): SurveyedFile | undefined {
  const files = survey.collections
    .flatMap(({ shards }) => shards.flatMap((shard) => shard.files))
    .filter(({ rows }) => rows > 0)
    .sort((one, other) => one.size - other.size);
  return files[Math.floor(files.length / 2)];
}

/** Bytes of Arrow data a second on one core. */
export interface CodecSpeeds {
  readonly decode: number;
  readonly encode: number;
  readonly fingerprint: number;
}

/** Decodes, hashes and encodes the beginning of one file of the plan; undefined if it has none that can be read. */
export async function tryCodec(
  { survey, recipe }: Pick<Plan, 'survey' | 'recipe'>,
  { storage, readers, writer }: PluginSet,
  signal: AbortSignal | undefined,
): Promise<CodecSpeeds | undefined> {
  const chosen = middleFile({ survey });
  const fragment = chosen?.fragments.findIndex(({ rows, lost }) => rows > 0 && lost !== true) ?? -1;
  if (chosen === undefined || fragment < 0) return undefined;
  const reader = readers[chosen.reader]!;
  const file = await storage.open(chosen.location, { signal });
  const { decodedBytes: mostBytes, decodedRatio: ratio } = recipe.limits;
  const limits = { decodedBytes: mostBytes, ratio };
  const begun = performance.now();
  // Bytes and milliseconds of all rounds that count.
  const sums = { decodedBytes: 0, bytes: 0, decode: 0, fingerprint: 0, encode: 0 };
  try {
    for (let round = 0; round < leastRounds || performance.now() - begun < mostMilliseconds; round++) {
      const started = performance.now();
      for await (const batch of reader.read(file, fragment, { targetBatchBytes: sampleBytes, signal, limits })) {
        const decoded = performance.now();
        const source = columnsOfBatch(batch);
        const decodedBytes = columnBatchBytes(source);
        const rows = copied(source);
        const copiedAt = performance.now();
        fingerprintRows(rows, new Uint32Array(4 * rows.rows));
        const hashed = performance.now();
        const { schema } = batch;
        const { compression, rowGroupBytes } = recipe;
        const shard = await writer.create({ write: () => Promise.resolve() }, { schema, compression, rowGroupBytes });
        await shard.write(batchOfColumns(schema, rows));
        await shard.close();
        if (round > 0) {
          sums.decodedBytes += decodedBytes;
          sums.bytes += columnBatchBytes(rows);
          sums.decode += decoded - started;
          sums.fingerprint += hashed - copiedAt;
          sums.encode += performance.now() - hashed;
        }
        break;
      }
    }
    if (sums.bytes === 0) return undefined;
    return {
      decode: perSecond(sums.decodedBytes, sums.decode),
      fingerprint: perSecond(sums.bytes, sums.fingerprint),
      encode: perSecond(sums.bytes, sums.encode),
    };
  } finally {
    await file.close();
    reader.release?.();
  }
}

const perSecond = (bytes: number, milliseconds: number) => (Math.max(1, bytes) / Math.max(0.1, milliseconds)) * 1000;

/** What is read is a view of the reader's memory, which the writer of the same thread may move. */
function copied(batch: ColumnBatch): ColumnBatch {
  const perRow = columnBatchBytes(batch) / Math.max(1, batch.rows);
  const rows = Math.min(batch.rows, Math.max(1, Math.floor(sampleBytes / Math.max(1, perRow))));
  const inOrder = Uint32Array.from({ length: rows }, (_, row) => row);
  return takeBatch([sliceBatch(batch, 0, rows)], { which: undefined, rows: inOrder }, 0, rows);
}
