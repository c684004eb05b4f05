import { RiffleError, type ReadableFile, type Storage, type WritableFile } from '@riffle/core';

/** Everything that can be made to fail; the last four on open files, `read` by `readInto` too. */
export type StorageOperation =
  | 'realLocation'
  | 'stat'
  | 'list'
  | 'open'
  | 'create'
  | 'makeFolder'
  | 'syncFolder'
  | 'rename'
  | 'remove'
  | 'freeSpace'
  | 'read'
  | 'write'
  | 'sync'
  | 'close';

export interface FaultOptions {
  /** Which of the operations that match fails first, counted from 1. */
  readonly failAt: number;
  /** How many fail from there on; default 1, `Infinity` for all. */
  readonly times?: number;
  /** What they throw; default a STORAGE_FAILED error as a failing disk gives it (EIO). */
  readonly error?: unknown;
  /** Only these operations count; default all. */
  readonly operations?: readonly StorageOperation[];
  /** Only operations on locations that match count; default all. */
  readonly location?: RegExp;
}

export interface FaultyStorage extends Storage {
  /** How many operations matched so far; a first run with `failAt: Infinity` tells how many places there are to fail at. */
  readonly matched: () => number;
  /** Whether the fault came to pass. */
  readonly failed: () => boolean;
}

/** Wraps a storage so that its n-th operation fails before it does anything: middleware, whatever the storage. */
export function faultyStorage(
  storage: Storage,
  { failAt, times = 1, error, operations, location }: FaultOptions,
): FaultyStorage {
  let matched = 0;
  const pass = (operation: StorageOperation, place: string): void => {
    if (operations !== undefined && !operations.includes(operation)) return;
    if (location !== undefined && !location.test(place)) return;
    matched++;
    if (matched >= failAt && matched < failAt + times) throw error ?? diskError(operation, place);
  };
  const wrapReadable = (file: ReadableFile): ReadableFile => ({
    location: file.location,
    size: file.size,
    version: file.version,
    read: async (...values) => (pass('read', file.location), file.read(...values)),
    ...(file.readInto === undefined
      ? {}
      : { readInto: async (...values) => (pass('read', file.location), file.readInto!(...values)) }),
    close: async () => (pass('close', file.location), file.close()),
  });
  const wrapWritable = (file: WritableFile): WritableFile => ({
    location: file.location,
    write: async (...values) => (pass('write', file.location), file.write(...values)),
    sync: async () => (pass('sync', file.location), file.sync()),
    close: async () => (pass('close', file.location), file.close()),
  });
  return {
    ...storage,
    realLocation: async (...values) => (pass('realLocation', values[0]), storage.realLocation(...values)),
    stat: async (...values) => (pass('stat', values[0]), storage.stat(...values)),
    list: async (...values) => (pass('list', values[0]), storage.list(...values)),
    open: async (...values) => (pass('open', values[0]), wrapReadable(await storage.open(...values))),
    create: async (...values) => (pass('create', values[0]), wrapWritable(await storage.create(...values))),
    makeFolder: async (...values) => (pass('makeFolder', values[0]), storage.makeFolder(...values)),
    syncFolder: async (...values) => (pass('syncFolder', values[0]), storage.syncFolder(...values)),
    rename: async (...values) => (pass('rename', values[1]), storage.rename(...values)),
    remove: async (...values) => (pass('remove', values[0]), storage.remove(...values)),
    freeSpace: async (...values) => (pass('freeSpace', values[0]), storage.freeSpace(...values)),
    matched: () => matched,
    failed: () => matched >= failAt,
  };
}

function diskError(operation: StorageOperation, location: string): RiffleError {
  const cause = Object.assign(new Error(`EIO: i/o error, ${operation} '${location}'`), { code: 'EIO' });
  return new RiffleError(
    'STORAGE_FAILED',
    `Cannot ${operation} ${location}: the device reported an input/output error (EIO).`,
    { operation, location, systemCode: 'EIO' },
    { cause },
  );
}
