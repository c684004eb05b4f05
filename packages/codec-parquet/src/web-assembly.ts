/**
 * The part of the WebAssembly API that the codec uses. TypeScript declares that API only among the browser's types,
 * and pulling those in would make every browser global look usable.
 */

/** A compiled module. Clones to other threads cheaply. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/** A wasm instance's memory. `buffer` is another object each time the memory has grown; views of the old one have length 0. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule) => { readonly exports: unknown };
  readonly RuntimeError: new (message?: string) => Error;
}

export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
