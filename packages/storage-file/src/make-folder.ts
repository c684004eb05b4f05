import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { examine } from './examine.ts';
import { syncFolder } from './sync-folder.ts';
import { systemCode } from './system-error.ts';

/**
 * Makes a folder and the missing ones above it, durably where that can be had. A folder that is there is fine.
 *
 * Not by `mkdir(…, { recursive: true })`: where a file system answers ENOENT below an existing folder, as /proc does,
 * Node 20 tries again without end.
 */
export async function makeFolder(location: string): Promise<void> {
  try {
    await mkdir(location);
    await syncParent(location);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST' && (await examine(location))?.kind === 'directory') return;
    const parent = dirname(location);
    if (code !== 'ENOENT' || parent === location) throw error;
    // Where the parent is there by now, another job made it between the two calls: once more is enough.
    if ((await examine(parent)) === undefined) await makeFolder(parent);
    await makeFolderOnce(location);
  }
}

/** Its parent exists now; another job may have been faster. */
async function makeFolderOnce(location: string): Promise<void> {
  try {
    await mkdir(location);
    await syncParent(location);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST' || (await examine(location))?.kind !== 'directory') throw error;
  }
}

/** A folder that may be written but not read cannot be synced, and is good enough to work in. */
async function syncParent(location: string): Promise<void> {
  await syncFolder(dirname(location)).catch(() => undefined);
}
