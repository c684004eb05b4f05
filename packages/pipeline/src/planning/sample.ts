import {
  batchOfColumns,
  columnBatchBytes,
  columnsOfBatch,
  convertBatch,
  rowBytes,
  schemaFromBytes,
  sliceBatch,
  takeBatch,
  type ColumnBatch,
  type ColumnConversion,
} from '@riffle/columnar';
import {
  isBadContent,
  type ColumnStorage,
  type DecodeLimits,
  type JsonValue,
  type OperationOptions,
  type Reader,
  type Storage,
  type TuningOptions,
  type TuningSample,
} from '@riffle/core';
import type { Schema } from 'apache-arrow';
import type { PluginSet } from '../plugins/plugin-set.ts';

/** Where a sample may be taken from: fragments in the order in which they are tried. */
export interface SamplePlace {
  readonly location: string;
  readonly reader: number;
  readonly fragment: number;
  /** Index into the task's conversions. */
  readonly conversion: number;
  readonly columns: readonly ColumnStorage[];
  /** Rows that `columns` describes: all of the file, also those of lost fragments. */
  readonly columnRows: number;
}

/** Take one slice of each collection. */
export interface SampleTask {
  /** Bytes of Arrow data per collection; the same on every machine, since encodings depend on it. */
  readonly sampleBytes: number;
  /** As an IPC stream of zero batches. */
  readonly treaty: Uint8Array;
  readonly conversions: readonly (readonly ColumnConversion[])[];
  /** A decompression bomb must not stop the plan: scatter makes it a bad shard. */
  readonly limits: DecodeLimits;
  readonly collections: readonly { readonly rows: number; readonly places: readonly SamplePlace[] }[];
}

export interface SampleResult {
  /** Bytes of Arrow data per row, by collection; undefined where no sample could be read. */
  readonly bytesPerRow: readonly (number | undefined)[];
  /** Values in all leaf columns per row, by collection, like `bytesPerRow`. */
  readonly valuesPerRow: readonly (number | undefined)[];
  /** Leaf columns of the treaty. */
  readonly leaves: number;
  /** Bytes of Arrow data of the largest row seen. */
  readonly largestRow: number;
  /** Bytes of Arrow data after conversion over those before, of the collection that grows most; at least 1. */
  readonly growth: number;
  /** The part of the job's Arrow data, from 0 to 1, that is in its largest leaf column. */
  readonly largestColumn: number;
}

/** Choose encodings from the same slices. */
export interface TuneTask extends Omit<TuningOptions, 'schema'> {
  readonly sample: SampleTask;
  /** The columns of the treaty that files have, as an IPC stream of zero batches. */
  readonly fileSchema: Uint8Array;
}

export interface TuneResult {
  readonly tuning: JsonValue;
}

/** The first rows of a fragment, copied, or undefined if it cannot be decoded: the job finds that out again and says so. */
async function readSlice(
  storage: Storage,
  reader: Reader,
  place: SamplePlace,
  { sampleBytes, limits, conversions }: SampleTask,
  schema: Schema,
  options: OperationOptions,
) {
  const file = await storage.open(place.location, options);
  try {
    for await (const batch of reader.read(file, place.fragment, {
      ...options,
      targetBatchBytes: sampleBytes,
      limits,
    })) {
      const source = columnsOfBatch(batch);
      const perRow = columnBatchBytes(source) / Math.max(1, source.rows);
      const rows = Math.min(source.rows, Math.max(1, Math.floor(sampleBytes / Math.max(1, perRow))));
      const first = sliceBatch(source, 0, rows);
      const converted = convertBatch(first, schema, conversions[place.conversion]!);
      const inOrder = Uint32Array.from({ length: rows }, (_, row) => row);
      return {
        batch: takeBatch([converted], { which: undefined, rows: inOrder }, 0, rows),
        growth: columnBatchBytes(converted) / Math.max(1, columnBatchBytes(first)),
      };
    }
    return undefined;
  } catch (error) {
    if (isBadContent(error)) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

interface Slice extends Pick<SamplePlace, 'columns' | 'columnRows'> {
  readonly batch: ColumnBatch;
  /** Bytes after the conversion over those before. */
  readonly growth: number;
  readonly rows: number;
}

/** One slice per collection, or undefined where none of its places can be read. */
async function takeSlices(task: SampleTask, { readers, storage }: PluginSet): Promise<readonly (Slice | undefined)[]> {
  const schema = schemaFromBytes(task.treaty);
  const slices: (Slice | undefined)[] = [];
  for (const { rows, places } of task.collections) {
    let slice: Slice | undefined;
    for (const place of places) {
      const read = await readSlice(storage, readers[place.reader]!, place, task, schema, {});
      if (read === undefined || read.batch.rows === 0) continue;
      slice = { ...read, columns: place.columns, columnRows: place.columnRows, rows };
      break;
    }
    slices.push(slice);
  }
  for (const reader of readers) reader.release?.();
  return slices;
}

interface Leaf {
  readonly values: number;
  /** Of Arrow data. */
  readonly bytes: number;
}

/** Every leaf column, depth first. */
function leavesOf({ columns }: ColumnBatch): Leaf[] {
  return columns.flatMap((column) =>
    column.children.length === 0
      ? [{ values: column.length, bytes: columnBatchBytes({ rows: column.length, columns: [column] }) }]
      : leavesOf({ rows: column.length, columns: column.children }),
  );
}

/** Weighs each collection's sample by the collection's rows. */
function largestColumn(slices: readonly (Slice | undefined)[]): number {
  const sums: number[] = [];
  for (const slice of slices) {
    if (slice === undefined) continue;
    for (const [leaf, { bytes }] of leavesOf(slice.batch).entries())
      sums[leaf] = (sums[leaf] ?? 0) + (bytes * slice.rows) / slice.batch.rows;
  }
  const total = sums.reduce((sum, bytes) => sum + bytes, 0);
  return total === 0 ? 0 : Math.max(...sums) / total;
}

/** Worker side of the plan. */
export async function sampleCollections(task: SampleTask, plugins: PluginSet): Promise<SampleResult> {
  const slices = await takeSlices(task, plugins);
  const leaves = slices.map((slice) => (slice === undefined ? undefined : leavesOf(slice.batch)));
  const largestRow = slices.reduce(
    (most, slice) =>
      slice === undefined ? most : rowBytes(slice.batch).reduce((one, other) => Math.max(one, other), most),
    0,
  );
  return {
    bytesPerRow: slices.map((slice) =>
      slice === undefined ? undefined : columnBatchBytes(slice.batch) / slice.batch.rows,
    ),
    valuesPerRow: slices.map((slice, index) =>
      slice === undefined ? undefined : leaves[index]!.reduce((sum, { values }) => sum + values, 0) / slice.batch.rows,
    ),
    leaves: Math.max(1, ...leaves.map((found) => found?.length ?? 0)),
    largestRow,
    growth: slices.reduce((most, slice) => Math.max(most, slice?.growth ?? 1), 1),
    largestColumn: largestColumn(slices),
  };
}

/** Worker side of choosing encodings; runs beside the scatter, since only the gather needs it. */
export async function tuneWriter(
  { sample, fileSchema, ...options }: TuneTask,
  plugins: PluginSet,
): Promise<TuneResult> {
  const { writer } = plugins;
  if (writer.tune === undefined) return { tuning: null };
  const schema = schemaFromBytes(fileSchema);
  const names = new Set(schema.fields.map(({ name }) => name));
  const places = schemaFromBytes(sample.treaty).fields.flatMap(({ name }, index) => (names.has(name) ? [index] : []));
  const slices = (await takeSlices(sample, plugins)).filter((slice) => slice !== undefined);
  const samples = slices.map(({ batch: { rows, columns: all }, columns, ...source }): TuningSample => ({
    batch: batchOfColumns(schema, { rows, columns: places.map((place) => all[place]!) }),
    columns: columns.filter(({ path: [column = ''] }) => names.has(column)),
    ...source,
  }));
  return { tuning: await writer.tune(samples, { schema, ...options }) };
}
