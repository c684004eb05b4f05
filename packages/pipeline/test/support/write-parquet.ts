import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { makeBatch } from '@riffle/testkit';
import createParquetWriter from '@riffle/writer-parquet';
import { RecordBatchStreamWriter, tableFromIPC, type RecordBatch, type Schema } from 'apache-arrow';

/**
 * Writes a batch by parquet-wasm in one call: an input that Riffle's writer had no hand in, with dictionary types and nullability as given.
 * The Arrow schema, with its metadata, goes into the file as the key `ARROW:schema`; `keyValues` are further keys of the file. Null columns are refused,
 * since apache-arrow says nothing of how many nulls they hold.
 */
export function writeByParquetWasm(
  path: string,
  batch: RecordBatch,
  keyValues: Readonly<Record<string, string>> = {},
): void {
  const { glue } = loadParquetWasm();
  const stream = new RecordBatchStreamWriter();
  stream.write(batch);
  stream.close();
  const properties = new glue.WriterPropertiesBuilder().setKeyValueMetadata(new Map(Object.entries(keyValues))).build();
  put(path, glue.writeParquet(glue.Table.fromIPCStream(stream.toUint8Array(true)), properties));
}

/** Writes a batch by Riffle's writer, which takes every type but dictionaries. */
export async function writeByRiffle(path: string, batch: RecordBatch): Promise<void> {
  const pieces: Uint8Array[] = [];
  const target = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const writer = createParquetWriter();
  const shard = await writer.create(target, { schema: batch.schema, compression: 'snappy', rowGroupBytes: 2 ** 20 });
  await shard.write(batch);
  await shard.close();
  put(path, Buffer.concat(pieces));
}

/** Writes some random rows of a schema; the same arguments give the same file. */
export function writeRandomRows(path: string, schema: Schema, rows: number): Promise<void> {
  return writeByRiffle(path, makeBatch(schema, { rows, seed: rows, nullShare: 0.2 }));
}

/** The batches of a file as parquet-wasm reads them, in one call. */
export function readParquet(bytes: Uint8Array): readonly RecordBatch[] {
  return tableFromIPC(loadParquetWasm().glue.readParquet(bytes).intoIPCStream()).batches;
}

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}
