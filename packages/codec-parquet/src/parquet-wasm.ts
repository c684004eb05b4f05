import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as glue from 'parquet-wasm/esm';
import { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';

/** The glue of parquet-wasm: `readParquet`, `writeParquet`, `Table`, … */
export type ParquetWasmGlue = typeof glue;

/** The raw exports of the instance that are used past the glue, to place and view bytes without the copies it makes. */
export interface ParquetWasmExports {
  readonly memory: WasmMemory;
  /** Address of `bytes` new bytes, as a signed 32-bit number: use `>>> 0`. Traps when memory is exhausted. */
  readonly __wbindgen_malloc: (bytes: number, alignment: number) => number;
  readonly __wbindgen_free: (address: number, bytes: number, alignment: number) => void;
}

/** The parquet-wasm instance of this thread. */
export interface ParquetWasm {
  readonly glue: ParquetWasmGlue;
  readonly exports: ParquetWasmExports;
}

let loaded: ParquetWasm | undefined;

/**
 * Compiles the codec: about 5 MB of wasm, some 10 ms. Threads that get the result by message share the machine code.
 * @throws Error of the file system if the package parquet-wasm is not installed completely.
 */
export function compileParquetWasm(): WasmModule {
  const path = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  return new webAssembly.Module(readFileSync(path));
}

/**
 * The codec of this thread. The first call makes it, from `module` if given, else by compiling; later calls return the same.
 * Everything in a thread shares one instance, whose memory grows and never shrinks: views of it die when it grows.
 */
export function loadParquetWasm(module?: WasmModule): ParquetWasm {
  loaded ??= { glue, exports: glue.initSync({ module: module ?? compileParquetWasm() }) };
  return loaded;
}

/** Bytes of wasm memory this thread's codec holds: its high-water mark, as it never gives any back. 0 before the first load. */
export function heldBytes(): number {
  return loaded === undefined ? 0 : loaded.exports.memory.buffer.byteLength;
}
