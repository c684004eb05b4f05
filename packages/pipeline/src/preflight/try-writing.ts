import { randomUUID } from 'node:crypto';
import type { Storage } from '@riffle/core';
import { probePrefix } from '../publishing/output-folder.ts';

/**
 * Creates, writes and syncs a real file in a folder, since permissions alone do not tell (read-only mounts, quotas,
 * network file systems). Leaves everything as it was: the file and the folders made for it are removed again.
 *
 * @throws STORAGE_FAILED for whatever stands in the way
 */
export async function tryWriting(folder: string, storage: Storage, signal?: AbortSignal): Promise<void> {
  const missing = await missingFolders(folder, storage, signal);
  try {
    await storage.makeFolder(folder, { signal });
    await writeProbe(storage.join(folder, probePrefix + randomUUID()), storage, signal);
  } finally {
    for (const location of missing) await removeIfEmpty(location, storage);
  }
}

async function writeProbe(location: string, storage: Storage, signal: AbortSignal | undefined): Promise<void> {
  const file = await storage.create(location, { signal });
  try {
    await file.write(new Uint8Array(1), { signal });
    await file.sync();
  } finally {
    await file.close();
    await storage.remove(location);
  }
}

/** The folders that would have to be made, innermost first. */
async function missingFolders(folder: string, storage: Storage, signal: AbortSignal | undefined): Promise<string[]> {
  const missing: string[] = [];
  let location = folder;
  while ((await storage.stat(location, { signal })) === undefined) {
    missing.push(location);
    const parent = storage.join(location, '..');
    if (parent === location) break;
    location = parent;
  }
  return missing;
}

// Only an empty folder: another process may have put something there meanwhile.
async function removeIfEmpty(location: string, storage: Storage): Promise<void> {
  if ((await storage.stat(location)) === undefined) return;
  if ((await storage.list(location)).length === 0) await storage.remove(location);
}
