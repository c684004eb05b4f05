import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { RecordBatch, RecordBatchStreamWriter, Schema } from 'apache-arrow';
import * as parquet from 'parquet-wasm/esm';
import { binaryColumn, numberColumn, structColumn, textColumn, tokenListColumn } from './arrow-columns.mjs';
import { HUGGINGFACE_METADATA } from './features.mjs';

/** @import { Recording } from './recordings.mjs' */

const require = createRequire(import.meta.url);

// So small that most shards have several row groups, as shards of real size do.
export const ROWS_PER_ROW_GROUP = 16;

/**
 * @typedef {(recordings: readonly Recording[]) => Uint8Array} ParquetEncoder Gives a whole Parquet file.
 */

/** @returns {ParquetEncoder} */
export function createParquetEncoder() {
  const wasmPath = require.resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  parquet.initSync({ module: new WebAssembly.Module(readFileSync(wasmPath)) });

  return (recordings) => {
    // Both calls consume what they are given, so there is nothing left to free.
    const table = parquet.Table.fromIPCStream(arrowStream(recordings));
    return parquet.writeParquet(table, writerProperties());
  };
}

/** @param {readonly Recording[]} recordings */
function arrowStream(recordings) {
  const rows = structColumn({
    audio: structColumn({
      bytes: binaryColumn(recordings.map(({ audio }) => audio.bytes)),
      path: textColumn(recordings.map(({ audio }) => audio.path)),
    }),
    text: textColumn(recordings.map(({ text }) => text)),
    speaker: textColumn(recordings.map(({ speaker }) => speaker)),
    duration: numberColumn(recordings.map(({ duration }) => duration)),
    codes: tokenListColumn(recordings.map(({ codes }) => codes)),
  });
  // pyarrow, and so `datasets`, take metadata from the Arrow schema only …
  const schema = new Schema(rows.type.children, HUGGINGFACE_METADATA);
  const writer = new RecordBatchStreamWriter();
  writer.write(new RecordBatch(schema, rows));
  writer.close();
  return writer.toUint8Array(true);
}

/**
 * The dictionaries that are on by default stay on: data from other tools looks like that, too. (They could not
 * be turned off for `audio.bytes` alone: parquet-wasm 0.8.0 ignores settings for nested columns.)
 *
 * Each setter consumes its builder, hence the chain.
 */
function writerProperties() {
  return (
    new parquet.WriterPropertiesBuilder()
      .setCompression(parquet.Compression.SNAPPY)
      .setMaxRowGroupSize(ROWS_PER_ROW_GROUP)
      // … and DuckDB and the tools of the Hub from the Parquet file only.
      .setKeyValueMetadata(HUGGINGFACE_METADATA)
      .build()
  );
}
