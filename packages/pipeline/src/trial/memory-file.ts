import type { ReadableFile } from '@riffle/core';

/** Pieces of bytes as a file to read. */
export function memoryFile(pieces: readonly Uint8Array[]): ReadableFile {
  const bytes = Buffer.concat(pieces);
  return {
    location: 'memory',
    size: bytes.length,
    read: async (offset, length) => Uint8Array.from(bytes.subarray(offset, offset + length)),
    readInto: async (target, offset) => {
      target.set(bytes.subarray(offset, offset + target.length));
    },
    close: async () => undefined,
  };
}
