import { loadParquetWasm, type ParquetWasmGlue } from '@riffle/codec-parquet';
import { Table, tableToIPC, type RecordBatch } from 'apache-arrow';

type WriterPropertiesBuilder = InstanceType<ParquetWasmGlue['WriterPropertiesBuilder']>;

/** Turns the settings of a file to be written. */
export type WriterSettings = (builder: WriterPropertiesBuilder) => WriterPropertiesBuilder;

/** One batch as a Parquet file of one row group, written by parquet-wasm. */
export function writeParquet(batch: RecordBatch, settings: WriterSettings = (builder) => builder): Uint8Array {
  const { glue } = loadParquetWasm();
  const properties = settings(new glue.WriterPropertiesBuilder()).build();
  return glue.writeParquet(glue.Table.fromIPCStream(tableToIPC(new Table([batch]), 'stream')), properties);
}
