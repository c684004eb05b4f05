import { randomBytes } from 'node:crypto';
import type { Storage } from '@riffle/core';

const pieceBytes = 2 * 2 ** 20;
const pieces = 12;
/** A slow disk is known to be slow before all is written. */
const mostMilliseconds = 1000;

/** Bytes a second that can be written and synced at a location: tried with a file of some MB, which is removed again. */
export async function tryDisk(location: string, storage: Storage): Promise<number> {
  const piece = randomBytes(pieceBytes);
  const started = performance.now();
  let bytes = 0;
  try {
    const file = await storage.create(location);
    try {
      while (bytes < pieces * pieceBytes && performance.now() - started < mostMilliseconds) {
        await file.write(piece);
        bytes += pieceBytes;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return (bytes / Math.max(1, performance.now() - started)) * 1000;
  } finally {
    await storage.remove(location);
  }
}
