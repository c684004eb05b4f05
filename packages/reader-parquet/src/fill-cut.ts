import type { OperationOptions, ReadableFile } from '@riffle/core';
import { allocateWasmBytes, frameCut, type Cut, type ParquetWasm, type WasmBytes } from '@riffle/codec-parquet';

/** Bytes read at a time where the file cannot be read straight into the codec's memory. */
const PIECE_BYTES = 2 ** 20;

/**
 * Reads a cut's pieces from the file into the codec's memory. The JavaScript heap sees at most 1 MiB of them.
 * The result is the caller's to hand on or free.
 */
export async function fillCut(
  wasm: ParquetWasm,
  file: ReadableFile,
  cut: Cut,
  options: OperationOptions,
): Promise<WasmBytes> {
  const bytes = allocateWasmBytes(wasm, cut.length);
  try {
    for (const { sourceOffset, length, offset } of cut.pieces) {
      if (file.readInto !== undefined) {
        await file.readInto(bytes.view().subarray(offset, offset + length), sourceOffset, options);
        continue;
      }
      for (let done = 0; done < length; done += PIECE_BYTES) {
        const piece = await file.read(sourceOffset + done, Math.min(PIECE_BYTES, length - done), options);
        bytes.view().set(piece, offset + done);
      }
    }
    frameCut(cut, bytes.view());
    return bytes;
  } catch (error) {
    bytes.free();
    throw error;
  }
}
