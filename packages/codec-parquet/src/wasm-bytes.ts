import { RiffleError } from '@riffle/core';
import type { ParquetWasm } from './parquet-wasm.ts';

/** Bytes in the codec's own memory, allocated for it to take over. */
export interface WasmBytes {
  readonly address: number;
  readonly length: number;
  /** The bytes as they lie there. Dies when the memory grows: ask again after anything ran in the codec. */
  view(): Uint8Array;
  /** Gives them back. Nothing to do once a codec function has taken them over. */
  free(): void;
}

/** Wasm addresses are 32 bits; Rust allocates at most half of that at once. */
export const LARGEST_ALLOCATION = 2 ** 31 - 64;

/**
 * Allocates `length` bytes of codec memory, to be filled by the caller: saves the copy from JavaScript's memory.
 * @throws RiffleError `MEMORY_TOO_SMALL` if the instance's memory is exhausted.
 */
export function allocateWasmBytes({ exports }: ParquetWasm, length: number): WasmBytes {
  let address: number;
  try {
    address = exports.__wbindgen_malloc(length, 1) >>> 0;
  } catch (cause) {
    throw new RiffleError(
      'MEMORY_TOO_SMALL',
      `One wasm instance cannot hold ${length} bytes more (limit 4 GiB, in use ${exports.memory.buffer.byteLength}).`,
      { bytes: length },
      { cause, exitCode: 1 },
    );
  }
  return {
    address,
    length,
    view: () => new Uint8Array(exports.memory.buffer, address, length),
    free: () => exports.__wbindgen_free(address, length, 1),
  };
}
