import type { ReadableFile } from '@riffle/core';

export interface MemoryFile extends ReadableFile {
  /** Bytes that were read so far. */
  readonly bytesRead: () => number;
}

/** Bytes as an open file. @param direct offers `readInto`, as files of the operating system do. */
export function memoryFile(bytes: Uint8Array, direct = true): MemoryFile {
  let bytesRead = 0;
  const part = (offset: number, length: number): Uint8Array => {
    if (offset < 0 || length < 0 || offset + length > bytes.length) throw new Error(`Read of ${length} bytes at ${offset} of ${bytes.length}.`);
    bytesRead += length;
    return bytes.slice(offset, offset + length);
  };
  return {
    location: 'memory',
    size: bytes.length,
    read: async (offset, length) => part(offset, length),
    ...(direct ? { readInto: async (target: Uint8Array, offset: number) => target.set(part(offset, target.length)) } : {}),
    close: async () => {},
    bytesRead: () => bytesRead,
  };
}
