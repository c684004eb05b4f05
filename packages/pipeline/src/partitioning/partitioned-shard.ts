import {
  addFingerprints,
  batchOfColumns,
  columnBatchBytes,
  columnsOfBatch,
  createFingerprintSums,
  fingerprintHex,
  rowBytes,
  schemaFromBytes,
  sliceBatch,
  takeBatch,
  type ColumnBatch,
  type FingerprintSums,
} from '@riffle/columnar';
import { RiffleError, type OperationOptions, type Storage, type Writer, type WriterOptions } from '@riffle/core';
import type { Schema } from 'apache-arrow';
import { cutForFeeding } from '../moving/cut-for-feeding.ts';
import { openShard, type OpenShard, type WrittenShard } from '../moving/open-shard.ts';
import { refuseName, refuseNumber } from './refuse-values.ts';
import { placesOf, type Partitioning } from './partitioning.ts';
import { valuesOf, type PartitionValue } from './partition-value.ts';

/** The rows of a shard that have the same values, on their way into a file of their own. */
interface Part {
  /** In the order in which the parts were met. */
  readonly number: number;
  readonly partition: readonly PartitionValue[];
  /** Of all rows so far, with the columns that files leave out. */
  readonly sums: FingerprintSums;
  /** Rows that wait, copied. */
  waiting: ColumnBatch[];
  waitingBytes: number;
  open: OpenShard | undefined;
}

/** Different for different values, whatever is in them. */
function keyOf(partition: readonly PartitionValue[]): string {
  return partition.map((value) => (value === null ? '-' : `${value.length}:${value}`)).join('');
}

function joined(batches: readonly ColumnBatch[]): ColumnBatch {
  if (batches.length === 1) return batches[0]!;
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const which = new Uint32Array(rows);
  const within = new Uint32Array(rows);
  let at = 0;
  for (const [source, batch] of batches.entries()) {
    which.fill(source, at, at + batch.rows);
    for (let row = 0; row < batch.rows; row++) within[at + row] = row;
    at += batch.rows;
  }
  return takeBatch(batches, { which, rows: within }, 0, rows);
}

/** `00042-00003.parquet` for part 3 of shard 42. */
function partName(shard: number, part: number, extension: string): string {
  return `${String(shard).padStart(5, '0')}-${String(part).padStart(5, '0')}${extension}`;
}

/**
 * One output shard, divided into a file for each combination of values of some columns. At most about one row group waits in all files together: then the largest part is
 * written, as a row group. So the bytes depend on the shard's rows and their order alone, and a file is open only while there is more to come.
 *
 * @throws RiffleError `PARTITION_INVALID` from `write` for values that cannot be names of folders, or too many of them.
 */
export function openPartitionedShard(
  storage: Storage,
  writer: Writer,
  folder: string,
  shard: number,
  { place: _place, ...writerOptions }: WriterOptions,
  { by, fileSchema }: Partitioning,
  feedBytes: number,
  options: OperationOptions,
): OpenShard {
  const places = placesOf(by, writerOptions.schema);
  const schema: Schema = schemaFromBytes(fileSchema);
  const inFile = writerOptions.schema.fields.flatMap(({ name }, index) =>
    schema.fields.some((field) => field.name === name) ? [index] : [],
  );
  const parts = new Map<string, Part>();
  let waitingBytes = 0;

  function partOf(partition: readonly PartitionValue[]): Part {
    const key = keyOf(partition);
    const known = parts.get(key);
    if (known !== undefined) return known;
    for (const [index, value] of partition.entries()) refuseName(by[index]!, value);
    refuseNumber(by, parts.size + 1);
    const part = {
      number: parts.size,
      partition,
      sums: createFingerprintSums(1),
      waiting: [],
      waitingBytes: 0,
      open: undefined,
    };
    parts.set(key, part);
    return part;
  }

  async function send(part: Part): Promise<void> {
    part.open ??= await openShard(
      storage,
      writer,
      folder,
      { shard, file: partName(shard, part.number, writer.extension), partition: part.partition },
      { ...writerOptions, schema },
      options,
    );
    const rows = joined(part.waiting);
    waitingBytes -= part.waitingBytes;
    part.waiting = [];
    part.waitingBytes = 0;
    for (const [from, to] of cutForFeeding(rowBytes(rows), 0, rows.rows, feedBytes))
      await part.open.writer.write(batchOfColumns(schema, sliceBatch(rows, from, to)));
    await part.open.writer.flush?.();
  }

  function hold(part: Part, rows: ColumnBatch): void {
    addFingerprints(rows, part.sums, 0);
    const kept = { rows: rows.rows, columns: inFile.map((index) => rows.columns[index]!) };
    const bytes = columnBatchBytes(kept);
    part.waiting.push(kept);
    part.waitingBytes += bytes;
    waitingBytes += bytes;
  }

  return {
    writer: {
      async write(batch) {
        const content = columnsOfBatch(batch);
        const values = places.map((index) => valuesOf(batch.schema.fields[index]!, content.columns[index]!));
        const rowsOf = new Map<Part, number[]>();
        for (let row = 0; row < content.rows; row++) {
          const part = partOf(values.map((column) => column[row]!));
          const rows = rowsOf.get(part);
          if (rows === undefined) rowsOf.set(part, [row]);
          else rows.push(row);
        }
        for (const [part, rows] of rowsOf)
          hold(part, takeBatch([content], { which: undefined, rows: Uint32Array.from(rows) }, 0, rows.length));
        while (waitingBytes > writerOptions.rowGroupBytes) {
          const [first, ...others] = parts.values();
          await send(others.reduce((most, part) => (part.waitingBytes > most.waitingBytes ? part : most), first!));
        }
      },
      close: () => Promise.reject(new RiffleError('INTERNAL', 'A partitioned shard is completed by finish.')),
      abort: async () => undefined,
    },
    async finish() {
      const shards: WrittenShard[] = [];
      const durable: Promise<void>[] = [];
      for (const part of parts.values()) {
        if (part.waiting.length > 0) await send(part);
        const finished = await part.open!.finish();
        part.open = undefined;
        durable.push(finished.durable);
        for (const file of finished.shards) shards.push({ ...file, fingerprint: fingerprintHex(part.sums.words()) });
      }
      const all = Promise.all(durable).then(() => undefined);
      all.catch(() => undefined);
      return { shards, durable: all };
    },
    async abort() {
      for (const { open } of parts.values()) await open?.abort();
    },
  };
}
