import { RiffleError, type Storage } from '@riffle/core';

/**
 * The text of a file of Riffle's own, or undefined if there is none.
 * @throws STORAGE_FAILED if it is larger than `most` bytes: then it is not ours, and is not read
 */
export async function readSmallFile(storage: Storage, location: string, most: number): Promise<string | undefined> {
  const entry = await storage.stat(location);
  if (entry?.kind !== 'file') return undefined;
  if (entry.size > most)
    throw new RiffleError(
      'STORAGE_FAILED',
      `${location} has ${entry.size} bytes; Riffle never writes one that large. Remove it.`,
      { location },
    );
  const file = await storage.open(location);
  try {
    return new TextDecoder().decode(await file.read(0, file.size));
  } finally {
    await file.close();
  }
}
