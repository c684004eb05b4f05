import { randomBytes, randomUUID } from 'node:crypto';
import type { Storage } from '@riffle/core';
import { probePrefix } from '../publishing/output-folder.ts';

const pieceBytes = 2 * 2 ** 20;
const pieces = 12;
/** A slow disk is known to be slow before all is written. */
const mostMilliseconds = 1500;

/** The folder itself, or the nearest one above it that is there. */
async function existing(folder: string, storage: Storage, signal: AbortSignal | undefined): Promise<string> {
  const above = storage.join(folder, '..');
  if (above === folder || (await storage.stat(folder, { signal }))?.kind === 'directory') return folder;
  return existing(above, storage, signal);
}

/**
 * Bytes a second that can be written and synced, and read back, where a folder is or would be: tried with a file of some MB that is removed
 * again. Reading may be answered by the operating system's cache.
 */
export async function tryDisk(
  folder: string,
  storage: Storage,
  signal: AbortSignal | undefined,
): Promise<{ readonly write: number; readonly read: number }> {
  const location = storage.join(await existing(folder, storage, signal), probePrefix + randomUUID());
  const piece = randomBytes(pieceBytes);
  const started = performance.now();
  let bytes = 0;
  try {
    const file = await storage.create(location, { signal });
    try {
      while (bytes < pieces * pieceBytes && performance.now() - started < mostMilliseconds) {
        await file.write(piece, { signal });
        bytes += pieceBytes;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    const written = performance.now();
    const again = await storage.open(location, { signal });
    try {
      for (let offset = 0; offset < bytes; offset += pieceBytes) await again.read(offset, pieceBytes, { signal });
    } finally {
      await again.close();
    }
    const perSecond = (milliseconds: number) => (bytes / Math.max(1, milliseconds)) * 1000;
    return { write: perSecond(written - started), read: perSecond(performance.now() - written) };
  } finally {
    await storage.remove(location);
  }
}
