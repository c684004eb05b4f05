import { posix } from 'node:path';
import {
  BadContentError,
  RiffleError,
  type OperationOptions,
  type ReadableFile,
  type Storage,
  type StorageEntry,
  type WritableFile,
} from '@riffle/core';

/** A Storage whose files are byte arrays; locations are absolute paths with `/`. */
export interface MemoryStorage extends Storage {
  /** The files by location, to prepare and to look at. Folders exist by what lies in them or by `makeFolder`. */
  readonly files: Map<string, Uint8Array>;
}

/** The local file system's behaviour without a disk: for tests that want full control over what a file holds. */
export function createMemoryStorage(initial: Readonly<Record<string, Uint8Array>> = {}): MemoryStorage {
  const files = new Map(Object.entries(initial).map(([location, bytes]) => [clean(location), bytes]));
  const folders = new Set<string>(['/']);

  const isFolder = (location: string): boolean =>
    folders.has(location) || [...files.keys()].some((file) => file.startsWith(`${location}/`));
  const entry = (location: string): StorageEntry | undefined => {
    const common = { path: posix.basename(location), readableName: true, identity: `memory:${location}` };
    const bytes = files.get(location);
    if (bytes !== undefined) return { ...common, kind: 'file', size: bytes.length };
    return isFolder(location) ? { ...common, kind: 'directory', size: 0 } : undefined;
  };
  const operation =
    <Result>(action: (location: string) => Result) =>
    async (location: string, options?: OperationOptions): Promise<Result> => {
      options?.signal?.throwIfAborted();
      return action(clean(location));
    };

  return {
    specificationVersion: 'v1',
    role: 'storage',
    name: 'memory',
    capabilities: Object.freeze({ rename: true, sync: false, freeSpace: false }),
    files,
    join: (location, ...segments) => posix.join(location, ...segments),
    realLocation: operation((location) => location),
    stat: operation((location) => entry(location)),
    list: operation((location) => {
      if (!isFolder(location)) throw refused('list', location, 'it is no folder', 'ENOENT');
      const below = [...files.keys(), ...folders].filter(
        (other) => other !== location && other.startsWith(location === '/' ? '/' : `${location}/`),
      );
      const names = new Set(
        below.map((other) => other.slice(location === '/' ? 1 : location.length + 1).split('/')[0]!),
      );
      return [...names]
        .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map((name) => entry(posix.join(location, name))!);
    }),
    open: operation((location) => {
      const bytes = files.get(location);
      if (bytes === undefined) throw refused('open', location, 'there is no such file', 'ENOENT');
      return memoryFile(location, bytes);
    }),
    create: async (location, options) => {
      options?.signal?.throwIfAborted();
      const target = clean(location);
      if (isFolder(target) || (files.has(target) && options?.overwrite !== true))
        throw refused('create', target, 'something is there already', 'EEXIST');
      return memoryWritable(target, files);
    },
    makeFolder: operation((location) => {
      for (let folder = location; folder !== '/'; folder = posix.dirname(folder)) folders.add(folder);
    }),
    syncFolder: operation(() => undefined),
    rename: async (from, to, options) => {
      options?.signal?.throwIfAborted();
      const [source, target] = [clean(from), clean(to)];
      if (entry(source) === undefined) throw refused('rename', source, 'nothing is there', 'ENOENT');
      for (const [file, bytes] of files) {
        if (file !== source && !file.startsWith(`${source}/`)) continue;
        files.delete(file);
        files.set(target + file.slice(source.length), bytes);
      }
      for (const folder of folders) {
        if (folder !== source && !folder.startsWith(`${source}/`)) continue;
        folders.delete(folder);
        folders.add(target + folder.slice(source.length));
      }
    },
    remove: operation((location) => {
      for (const store of [files, folders]) {
        for (const name of store.keys()) if (name === location || name.startsWith(`${location}/`)) store.delete(name);
      }
    }),
    freeSpace: operation(() => undefined),
  };
}

/** Bytes as an open file. `reads` lists every range asked for, so that a test can assert what an operation cost. */
export interface MemoryFile extends ReadableFile {
  readonly reads: { readonly offset: number; readonly length: number }[];
}

export function memoryFile(location: string, bytes: Uint8Array): MemoryFile {
  const reads: { offset: number; length: number }[] = [];
  const range = (offset: number, length: number, options?: OperationOptions): Uint8Array => {
    options?.signal?.throwIfAborted();
    if (!(offset >= 0 && length >= 0 && offset + length <= bytes.length)) {
      throw new BadContentError(`refers to ${length} bytes at byte ${offset}, but has only ${bytes.length} bytes`, {
        offset,
        length,
      });
    }
    reads.push({ offset, length });
    return bytes.subarray(offset, offset + length);
  };
  return {
    location,
    size: bytes.length,
    reads,
    read: async (offset, length, options) => new Uint8Array(range(offset, length, options)),
    readInto: async (target, offset, options) => target.set(range(offset, target.length, options)),
    close: async () => undefined,
  };
}

function memoryWritable(location: string, files: Map<string, Uint8Array>): WritableFile {
  files.set(location, new Uint8Array());
  return {
    location,
    write: async (bytes, options) => {
      options?.signal?.throwIfAborted();
      files.set(location, Buffer.concat([files.get(location) ?? new Uint8Array(), bytes]));
    },
    sync: async () => undefined,
    close: async () => undefined,
  };
}

function clean(location: string): string {
  const normal = posix.normalize(`/${location}`);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

function refused(operation: string, location: string, why: string, systemCode: string): RiffleError {
  return new RiffleError('STORAGE_FAILED', `Cannot ${operation} ${location}: ${why}.`, {
    operation,
    location,
    systemCode,
  });
}
