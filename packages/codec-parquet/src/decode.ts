import type { Schema } from 'apache-arrow';
import { RecordBatchReader } from 'apache-arrow';
import type { FFIStream, Table } from 'parquet-wasm/esm';
import type { ParquetWasm } from './parquet-wasm.ts';
import type { WasmBytes } from './wasm-bytes.ts';

/** Rows to decode. Without `limit`, all. */
export interface DecodeOptions {
  readonly offset?: number;
  readonly limit?: number;
  /** Rows of a record batch at most; give the number of rows expected to get one batch. */
  readonly batchSize: number;
}

/** Decoded rows in the codec's memory, in the layout of the Arrow C data interface. */
export interface DecodedTable {
  readonly schema: Schema;
  /** Addresses of one ArrowArray (a struct of the columns) per record batch, in row order. */
  readonly arrays: readonly number[];
  /** Frees the rows; views of them must not be used afterwards. */
  free(): void;
}

/** What wasm-bindgen's glue does not export, but does: calls by address. Checked against parquet-wasm 0.8.0 by tests. */
interface RawExports {
  readonly readParquet: (
    address: number,
    length: number,
    options: number,
  ) => [table: number, error: number, failed: number];
  readonly __externref_table_alloc: () => number;
  readonly __externref_table_dealloc: (index: number) => void;
  readonly __wbindgen_externrefs: { get(index: number): unknown; set(index: number, value: unknown): void };
}

/**
 * Decodes a complete Parquet file that lies in the codec's memory.
 * @param file is taken over and freed, also on failure.
 * @param known what the codec derives from this file's footer, where that was asked before: telling it again takes as long as decoding fifty rows.
 * @throws what the codec throws: Error with its message for what it refuses, WebAssembly.RuntimeError where it trapped.
 */
export function decodeParquet(
  { glue, exports }: ParquetWasm,
  file: WasmBytes,
  options: DecodeOptions,
  known?: Schema,
): DecodedTable {
  const raw = exports as unknown as RawExports;
  // The codec takes the reference to the options over, too.
  const optionsIndex = raw.__externref_table_alloc();
  raw.__wbindgen_externrefs.set(optionsIndex, options);
  const [address, error, failed] = raw.readParquet(file.address, file.length, optionsIndex);
  if (failed !== 0) {
    const thrown = raw.__wbindgen_externrefs.get(error);
    raw.__externref_table_dealloc(error);
    throw thrown;
  }
  const table = (glue.Table as unknown as { __wrap(address: number): Table }).__wrap(address);
  const schema = known ?? RecordBatchReader.from(table.schema.intoIPCStream()).open().schema;
  const stream: FFIStream = table.intoFFI();
  return {
    schema,
    arrays: Array.from(stream.arrayAddrs(), (array) => array >>> 0),
    free: () => stream.free(),
  };
}
