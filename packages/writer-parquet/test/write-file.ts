import type { JsonValue, WriterOptions } from '@riffle/core';
import { tableFromIPC, type RecordBatch, type Schema } from 'apache-arrow';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { rowsOf, type CanonicalRow } from '@riffle/testkit';
import { encodeFile } from '../src/encode.ts';
import createWriter from '../src/index.ts';
import { batchMessage, schemaMessage } from '../src/ipc-message.ts';

export interface WrittenFile {
  readonly bytes: Uint8Array;
  readonly rows: number;
  /** Sizes of the pieces handed to the target. */
  readonly writes: readonly number[];
}

/** Writes batches as one file in memory. */
export async function writeFile(
  batches: readonly RecordBatch[],
  options: Partial<WriterOptions> & { readonly schema?: Schema } = {},
): Promise<WrittenFile> {
  const writer = createWriter();
  const pieces: Uint8Array[] = [];
  const target = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  const schema = options.schema ?? batches[0]!.schema;
  const shard = await writer.create(target, { compression: 'zstd', rowGroupBytes: 64 * 2 ** 20, ...options, schema });
  for (const batch of batches) await shard.write(batch);
  const { rows } = await shard.close();
  return { bytes: Buffer.concat(pieces), rows, writes: pieces.map((piece) => piece.length) };
}

/** The rows of a file as parquet-wasm reads them. */
export function readRows(file: Uint8Array): CanonicalRow[] {
  return readBatches(file).flatMap((batch) => rowsOf(batch));
}

export function readBatches(file: Uint8Array): readonly RecordBatch[] {
  return tableFromIPC(loadParquetWasm().glue.readParquet(file).intoIPCStream()).batches;
}

/** The same rows encoded by parquet-wasm as one file in one call: what the splicing must be equal to. */
export function encodeAtOnce(batches: readonly RecordBatch[]): Uint8Array {
  const settings = { encoding: 0, codec: 0, dictionary: false };
  return encodeFile(
    loadParquetWasm(),
    schemaMessage(batches[0]!.schema),
    batches.map((batch) => batchMessage(batch)),
    settings,
    true,
  );
}

/** A tuning that gives every leaf the same encoding, or leaf `n` the `n`th. */
export function tuningOf(paths: readonly (readonly string[])[], ...encodings: readonly string[]): JsonValue {
  return {
    version: 1,
    leaves: paths.map((path, index) => ({
      path,
      encoding: encodings[index % encodings.length]!,
      compressed: index % 2 === 0,
    })),
  };
}
