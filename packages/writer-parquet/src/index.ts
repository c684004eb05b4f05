import { compileParquetWasm, type WasmModule } from '@riffle/codec-parquet';

export { createParquetWriter, createParquetWriter as default } from './writer.ts';

/** Compiles the codec once, on the main thread; workers share the machine code. */
export function prepare(): WasmModule {
  return compileParquetWasm();
}
