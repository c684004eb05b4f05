import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as importedGlue from 'parquet-wasm/esm';
import { createFreshGlue } from './fresh-glue.ts';
import { webAssembly, type WasmMemory, type WasmModule } from './web-assembly.ts';

/** The glue of parquet-wasm: `readParquet`, `writeParquet`, `Table`, … */
export type ParquetWasmGlue = typeof importedGlue;

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

let compiled: WasmModule | undefined;
let loaded: ParquetWasm | undefined;
let glue: ParquetWasmGlue = importedGlue;

/**
 * Compiles the codec, once in a thread: about 5 MB of wasm, some 20 ms. Threads that get the result by message share the machine code.
 * @throws Error of the file system if the package parquet-wasm is not installed completely.
 */
export function compileParquetWasm(): WasmModule {
  if (compiled === undefined) {
    const path = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
    compiled = new webAssembly.Module(readFileSync(path));
  }
  return compiled;
}

/**
 * The codec of this thread. The first call makes it, from `module` if given, else by compiling; later calls return the same,
 * until {@link renewParquetWasm}. Everything in a thread shares one instance, whose memory grows and never shrinks: views of it
 * die when it grows.
 */
export function loadParquetWasm(module?: WasmModule): ParquetWasm {
  if (loaded !== undefined) return loaded;
  compiled ??= module;
  loaded = { glue, exports: glue.initSync({ module: compileParquetWasm() }) };
  return loaded;
}

/**
 * Lets the next {@link loadParquetWasm} make a new instance; to be called after one has trapped. A trap keeps what the call had
 * allocated, and its part of the instance's stack of 1 MiB: after some hundred traps good files trap, too. Whoever still holds the
 * old instance may go on with it; its memory is given back once nobody does.
 */
export function renewParquetWasm(): void {
  loaded = undefined;
  glue = createFreshGlue();
}

/** Bytes of wasm memory this thread's codec holds: its high-water mark, as it never gives any back. 0 before the first load. */
export function heldBytes(): number {
  return loaded === undefined ? 0 : loaded.exports.memory.buffer.byteLength;
}
