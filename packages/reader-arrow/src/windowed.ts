import type { OperationOptions, ReadableFile } from '@riffle/core';
import type { ReadBytes } from './read-message.ts';

/** Read at a time: the messages of small batches come together. */
const WINDOW_BYTES = 64 * 1024;

/** Gives ranges of a file that are mostly asked for in order, with fewer reads; what it gives holds until the next call. */
export function windowed(file: ReadableFile, options: OperationOptions): ReadBytes {
  let start = 0;
  let bytes: Uint8Array = new Uint8Array(0);
  return async (offset, length) => {
    if (offset < start || offset + length > start + bytes.length) {
      bytes = await file.read(offset, Math.min(Math.max(length, WINDOW_BYTES), file.size - offset), options);
      start = offset;
    }
    return bytes.subarray(offset - start, offset - start + length);
  };
}
