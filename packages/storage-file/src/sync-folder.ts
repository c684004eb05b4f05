import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCode } from './system-error.ts';

/** Codes of systems where a folder cannot be opened or synced (Windows, some network and FUSE file systems). */
const cannotSync = new Set(['EINVAL', 'EISDIR', 'ENOSYS', 'ENOTSUP', 'EPERM']);

/** Makes the entries of a folder durable, where the platform can. */
export async function syncFolder(location: string): Promise<void> {
  try {
    const handle = await open(location, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!cannotSync.has(systemCode(error) ?? '')) throw error;
  }
}
