import type { JsonValue, PluginModule, PluginReference, Storage } from '@riffle/core';
import { faultyStorage, type FaultyStorage, type StorageOperation } from './storage/faulty-storage.ts';

/** Options of the plugin, as JSON: a fault, and the storage it goes around. */
export interface FaultyStoragePluginOptions {
  /** Specifier and options of the storage; the specifier is imported from here, so give a `file:` URL. */
  readonly storage: PluginReference;
  readonly failAt: number;
  /** Default 1; `"always"` for all from there on. */
  readonly times?: number | 'always';
  readonly operations?: readonly StorageOperation[];
  /** Source of a regular expression on locations. */
  readonly location?: string;
}

/**
 * The plugin `@riffle/testkit/faulty-storage`: {@link faultyStorage} for jobs, whose worker threads load their storage by specifier.
 * Each thread counts its own operations.
 */
export default async function createFaultyStorage(options?: JsonValue, shared?: unknown): Promise<FaultyStorage> {
  const { storage, failAt, times = 1, operations, location } = options as unknown as FaultyStoragePluginOptions;
  const module = (await import(storage.specifier)) as PluginModule<Storage>;
  return faultyStorage(await module.default(storage.options, shared), {
    failAt,
    times: times === 'always' ? Infinity : times,
    ...(operations === undefined ? {} : { operations }),
    ...(location === undefined ? {} : { location: new RegExp(location) }),
  });
}
