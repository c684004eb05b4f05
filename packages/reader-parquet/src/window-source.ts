import type { OperationOptions, ReadableFile } from '@riffle/core';

/** Bytes read at a time: the chunks of a wide file are small and stand side by side. */
const WINDOW_BYTES = 256 * 1024;

/** Gives ranges of a file that are mostly asked for in order, with fewer reads. */
export function windowSource(
  file: ReadableFile,
  options: OperationOptions,
): (offset: number, length: number) => Promise<Uint8Array> {
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
