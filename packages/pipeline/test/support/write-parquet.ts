import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { makeBatch } from '@riffle/testkit';
import { RecordBatchStreamWriter, tableFromIPC, type RecordBatch, type Schema } from 'apache-arrow';

/**
 * Writes batches of one schema by parquet-wasm in one call: an input that Riffle's writer had no hand in, of types that DuckDB does not write.
 * The Arrow schema, with its metadata, goes into the file as the key `ARROW:schema`; `keyValues` are further keys of the file.
 */
export function writeParquet(path: string, batches: readonly RecordBatch[], keyValues: Readonly<Record<string, string>> = {}): void {
  const { glue } = loadParquetWasm();
  const stream = new RecordBatchStreamWriter();
  for (const batch of batches) stream.write(batch);
  stream.close();
  const properties = new glue.WriterPropertiesBuilder().setKeyValueMetadata(new Map(Object.entries(keyValues))).build();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, glue.writeParquet(glue.Table.fromIPCStream(stream.toUint8Array(true)), properties));
}

/** Writes some random rows of a schema. */
export function writeRandomRows(path: string, schema: Schema, rows: number, keyValues?: Readonly<Record<string, string>>): void {
  writeParquet(path, [makeBatch(schema, { rows, seed: rows, nullShare: 0.2 })], keyValues);
}

/** The batches of a file as parquet-wasm reads them, in one call. */
export function readParquet(bytes: Uint8Array): readonly RecordBatch[] {
  return tableFromIPC(loadParquetWasm().glue.readParquet(bytes).intoIPCStream()).batches;
}
