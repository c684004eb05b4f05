import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Storage } from '@riffle/core';
import { examine } from './examine.ts';
import { callsOfThisThread, type FileCalls } from './file-calls.ts';
import { freeSpace } from './free-space.ts';
import { listFolder } from './list-folder.ts';
import { makeFolder } from './make-folder.ts';
import { openReadable } from './readable-file.ts';
import { realLocation } from './real-location.ts';
import { syncFolder } from './sync-folder.ts';
import { attempt } from './system-error.ts';
import { createWritable } from './writable-file.ts';

const NAME = 'file';

const capabilities = Object.freeze({ rename: true, sync: true, freeSpace: true } as const);

/**
 * The local file system as a Storage; locations are paths of the operating system. It has no options and no state,
 * so any number may live side by side. Only an open file holds a handle.
 *
 * Every method throws a RiffleError: `STORAGE_FAILED` for what the system refuses (with the system's error as
 * `cause`), `FILE_CHANGED` for a file that shrank while open, `BAD_CONTENT` for a range beyond a file's end.
 *
 * @example
 * const storage = createFileStorage();
 * const file = await storage.open('data/00000.parquet');
 * const magic = await file.read(0, 4);
 * await file.close();
 */
export function createFileStorage(): Storage {
  return fileStorageWith(callsOfThisThread);
}

/** The same with the calls given: for the tests of both. */
export function fileStorageWith(calls: FileCalls): Storage {
  return {
    specificationVersion: 'v1',
    role: 'storage',
    name: NAME,
    capabilities,
    join,
    realLocation: (location, options) => attempt('resolve', location, options?.signal, () => realLocation(location)),
    stat: (location, options) =>
      attempt('examine', location, options?.signal, async () => {
        const examined = await examine(location, calls);
        return examined === undefined ? undefined : { path: basename(location), readableName: true, ...examined };
      }),
    list: (location, options) =>
      attempt('list', location, options?.signal, () => listFolder(location, options?.signal)),
    open: (location, options) => openReadable(location, options?.signal, calls),
    create: (location, options) => createWritable(location, options?.overwrite ?? false, options?.signal),
    makeFolder: (location, options) =>
      attempt('make the folder', location, options?.signal, () => makeFolder(location)),
    syncFolder: (location, options) => attempt('make durable', location, options?.signal, () => syncFolder(location)),
    rename: (from, to, options) => attempt('rename to', to, options?.signal, () => rename(from, to)),
    remove: (location, options) =>
      attempt('remove', location, options?.signal, () => rm(location, { recursive: true, force: true })),
    freeSpace: (location, options) =>
      attempt('measure the free space of', location, options?.signal, () => freeSpace(location)),
  };
}
