import { batchOfColumns, columnsOfBatch, columnBatchBytes, schemaFromBytes, takeBatch } from '@riffle/columnar';
import { isBadContent, type ColumnStorage, type CompressionCodec, type JsonValue, type OperationOptions, type Reader, type Storage, type TuningSample } from '@riffle/core';
import type { PluginSet } from '../plugins/plugin-set.ts';

/** Where a sample may be taken from: fragments in the order in which they are tried. */
export interface SamplePlace {
  readonly location: string;
  readonly reader: number;
  readonly fragment: number;
  readonly order: readonly number[];
  readonly columns: readonly ColumnStorage[];
}

/** Take one slice of each collection and choose encodings from them. */
export interface SampleTask {
  readonly treaty: Uint8Array;
  readonly compression: CompressionCodec;
  /** Bytes of Arrow data per collection; the same on every machine, since encodings depend on it. */
  readonly sampleBytes: number;
  readonly collections: readonly { readonly rows: number; readonly places: readonly SamplePlace[] }[];
}

export interface SampleResult {
  /** Bytes of Arrow data per row, by collection; undefined where no sample could be read. */
  readonly bytesPerRow: readonly (number | undefined)[];
  readonly tuning: JsonValue;
}

/** The first rows of a fragment, copied, or undefined if it cannot be decoded: the job finds that out again and says so. */
async function readSlice(storage: Storage, reader: Reader, place: SamplePlace, sampleBytes: number, options: OperationOptions) {
  const file = await storage.open(place.location, options);
  try {
    for await (const batch of reader.read(file, place.fragment, { ...options, targetBatchBytes: sampleBytes })) {
      const source = columnsOfBatch(batch, place.order);
      const perRow = columnBatchBytes(source) / Math.max(1, source.rows);
      const rows = Math.min(source.rows, Math.max(1, Math.floor(sampleBytes / Math.max(1, perRow))));
      return takeBatch([source], { which: undefined, rows: Uint32Array.from({ length: rows }, (_, row) => row) }, 0, rows);
    }
    return undefined;
  } catch (error) {
    if (isBadContent(error)) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** Worker side of the plan. */
export async function sampleCollections(task: SampleTask, { readers, writer, storage }: PluginSet): Promise<SampleResult> {
  const schema = schemaFromBytes(task.treaty);
  const samples: TuningSample[] = [];
  const bytesPerRow: (number | undefined)[] = [];
  for (const { rows, places } of task.collections) {
    let found: number | undefined;
    for (const place of places) {
      const slice = await readSlice(storage, readers[place.reader]!, place, task.sampleBytes, {});
      if (slice === undefined || slice.rows === 0) continue;
      found = columnBatchBytes(slice) / slice.rows;
      samples.push({ batch: batchOfColumns(schema, slice), columns: place.columns, rows });
      break;
    }
    bytesPerRow.push(found);
  }
  for (const reader of readers) reader.release?.();
  const tuning = (await writer.tune?.(samples, { schema, compression: task.compression, profile: 'balanced' })) ?? null;
  return { bytesPerRow, tuning };
}
