import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Storage } from '@riffle/core';

/** Writes a new file. @throws STORAGE_FAILED, with the detail `systemCode` `EEXIST` if something is there already */
export async function writeNewText(location: string, text: string, storage: Storage): Promise<void> {
  const file = await storage.create(location);
  try {
    await file.write(new TextEncoder().encode(text));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file, new or not, so that whatever happens it holds the old text or the new. A link stays one. */
export async function replaceText(location: string, text: string, storage: Storage): Promise<void> {
  const real = await storage.realLocation(location);
  const partial = storage.join(dirname(real), `.${basename(real)}.${randomUUID().slice(0, 8)}.partial`);
  try {
    await writeNewText(partial, text, storage);
    await storage.rename(partial, real);
  } catch (error) {
    await storage.remove(partial);
    throw error;
  }
  await storage.syncFolder(dirname(real));
}
