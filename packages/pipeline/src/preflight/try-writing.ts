import { randomUUID } from 'node:crypto';
import { isRiffleError, type Storage } from '@riffle/core';
import { probePrefix } from '../publishing/output-folder.ts';

/** Two processes that start at once with the same new folder can each remove it under the other; more often than this they do not. */
const mostTries = 10;

/** Jobs of one process take turns: what one has made for its trial, another would take for a folder that was there. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Creates, writes and syncs a real file in a folder, since permissions alone do not tell (read-only mounts, quotas,
 * network file systems). Leaves everything as it was: the file and the folders made for it are removed again.
 *
 * @throws STORAGE_FAILED for whatever stands in the way
 */
export function tryWriting(folder: string, storage: Storage, signal?: AbortSignal): Promise<void> {
  const trial = turn.then(() => tryUntilUndisturbed(folder, storage, signal));
  turn = trial.catch(() => undefined);
  return trial;
}

async function tryUntilUndisturbed(folder: string, storage: Storage, signal: AbortSignal | undefined): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryOnce(folder, storage, signal);
    } catch (error) {
      if (!isGone(error) || tries === mostTries) throw error;
    }
  }
}

async function tryOnce(folder: string, storage: Storage, signal: AbortSignal | undefined): Promise<void> {
  const missing = await missingFolders(folder, storage, signal);
  try {
    await storage.makeFolder(folder, { signal });
    await writeProbe(storage.join(folder, probePrefix + randomUUID()), storage, signal);
  } finally {
    for (const location of missing) await removeIfEmpty(location, storage);
  }
}

function isGone(error: unknown): boolean {
  return isRiffleError(error) && error.code === 'STORAGE_FAILED' && error.details['systemCode'] === 'ENOENT';
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
  try {
    if ((await storage.list(location)).length === 0) await storage.remove(location);
  } catch (error) {
    // The other process was quicker.
    if (!isGone(error)) throw error;
  }
}
