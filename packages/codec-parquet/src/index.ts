export { compileParquetWasm, heldBytes, loadParquetWasm, type ParquetWasm, type ParquetWasmExports, type ParquetWasmGlue } from './parquet-wasm.ts';
export { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';
