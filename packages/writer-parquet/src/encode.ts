import type { ParquetWasm, ParquetWasmExports } from '@riffle/codec-parquet';
import { endOfStream, type IpcMessage } from './ipc-message.ts';

/**
 * The exports of parquet-wasm 0.8 behind `Table.fromIPCStream`, `WriterPropertiesBuilder` and `writeParquet`. Calling them directly
 * saves a copy of every batch: the glue takes an IPC stream only as one JavaScript array. Addresses are passed, objects are
 * consumed by the call that takes them, as the glue does it.
 */
interface EncoderExports extends ParquetWasmExports {
  /** `[table, error, failed]`; frees the stream. */
  readonly table_fromIPCStream: (address: number, bytes: number) => readonly [number, number, number];
  readonly writerpropertiesbuilder_new: () => number;
  readonly writerpropertiesbuilder_setCompression: (builder: number, codec: number) => number;
  readonly writerpropertiesbuilder_setDataPageSizeLimit: (builder: number, bytes: number) => number;
  readonly writerpropertiesbuilder_setDictionaryEnabled: (builder: number, enabled: number) => number;
  readonly writerpropertiesbuilder_setEncoding: (builder: number, encoding: number) => number;
  readonly writerpropertiesbuilder_setMaxRowGroupSize: (builder: number, rows: number) => number;
  readonly writerpropertiesbuilder_setStatisticsEnabled: (builder: number, level: number) => number;
  readonly writerpropertiesbuilder_setWriteBatchSize: (builder: number, values: number) => number;
  readonly writerpropertiesbuilder_build: (builder: number) => number;
  /** `[address, bytes, error, failed]`; the result is the caller's. */
  readonly writeParquet: (table: number, properties: number) => readonly [number, number, number, number];
  readonly __wbindgen_externrefs: { get(index: number): unknown };
  readonly __externref_table_dealloc: (index: number) => void;
}

/** How all columns of one file are encoded. Numbers are Parquet's own for the encoding, parquet-wasm's for the codec. */
export interface PageSettings {
  readonly encoding: number;
  readonly codec: number;
  readonly dictionary: boolean;
}

/** A page is full once its values reach this. */
export const PAGE_BYTES: number = 2 ** 20;
/** Values between two looks at the page's size; fewer costs time. The codec looks more often at long strings. */
export const WRITE_BATCH_VALUES = 65_536;
const STATISTICS_NONE = 0;
const STATISTICS_CHUNK = 1;

function buildProperties(exports: EncoderExports, settings: PageSettings, statistics: boolean): number {
  let builder = exports.writerpropertiesbuilder_new();
  builder = exports.writerpropertiesbuilder_setDictionaryEnabled(builder, settings.dictionary ? 1 : 0);
  builder = exports.writerpropertiesbuilder_setEncoding(builder, settings.encoding);
  builder = exports.writerpropertiesbuilder_setCompression(builder, settings.codec);
  builder = exports.writerpropertiesbuilder_setStatisticsEnabled(
    builder,
    statistics ? STATISTICS_CHUNK : STATISTICS_NONE,
  );
  builder = exports.writerpropertiesbuilder_setWriteBatchSize(builder, WRITE_BATCH_VALUES);
  builder = exports.writerpropertiesbuilder_setDataPageSizeLimit(builder, PAGE_BYTES);
  builder = exports.writerpropertiesbuilder_setMaxRowGroupSize(builder, 2 ** 31 - 1);
  return exports.writerpropertiesbuilder_build(builder);
}

/** Takes the error object out of the instance's table. */
function takeError(exports: EncoderExports, index: number): unknown {
  const error = exports.__wbindgen_externrefs.get(index);
  exports.__externref_table_dealloc(index);
  return error;
}

/** Places the messages in wasm memory as one stream and makes a table of it. Returns its address. */
function importStream(exports: EncoderExports, schema: Uint8Array, batches: readonly IpcMessage[]): number {
  const bytes = batches.reduce((sum, batch) => sum + batch.byteLength, schema.length + endOfStream.length);
  const address = exports.__wbindgen_malloc(bytes, 1) >>> 0;
  const stream = new Uint8Array(exports.memory.buffer, address, bytes);
  stream.set(schema, 0);
  let position = schema.length;
  for (const batch of batches) {
    batch.copyTo(stream, position);
    position += batch.byteLength;
  }
  stream.set(endOfStream, position);
  const [table, error, failed] = exports.table_fromIPCStream(address, bytes);
  if (failed) throw takeError(exports, error);
  return table;
}

/** Room of its own. */
export function newBytes(length: number): Uint8Array {
  return new Uint8Array(length);
}

/**
 * Encodes batches as a complete Parquet file of at most one row group.
 * @param schema The schema's IPC message.
 * @param place Where the file goes: room for so many bytes.
 * @param statistics Whether null counts (and minima, maxima) are gathered; costs about a third more time.
 * @throws what parquet-wasm throws: an Error, or a RuntimeError where it traps.
 */
export function encodeFile(
  wasm: ParquetWasm,
  schema: Uint8Array,
  batches: readonly IpcMessage[],
  settings: PageSettings,
  statistics: boolean,
  place = newBytes,
): Uint8Array {
  const exports = wasm.exports as EncoderExports;
  const table = importStream(exports, schema, batches);
  const [address, bytes, error, failed] = exports.writeParquet(table, buildProperties(exports, settings, statistics));
  if (failed) throw takeError(exports, error);
  const file = place(bytes);
  file.set(new Uint8Array(exports.memory.buffer, address >>> 0, bytes));
  exports.__wbindgen_free(address, bytes, 1);
  return file;
}
