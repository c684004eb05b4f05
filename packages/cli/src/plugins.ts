import type { PluginReferences } from '@riffle/core';

/** The first-party plugins, as URLs that a worker thread can load whatever its own folder is. */
export function defaultPlugins(): PluginReferences {
  return {
    readers: [{ specifier: import.meta.resolve('@riffle/reader-parquet') }],
    writer: { specifier: import.meta.resolve('@riffle/writer-parquet') },
    shuffler: { specifier: import.meta.resolve('@riffle/shuffler') },
    storage: { specifier: import.meta.resolve('@riffle/storage-file') },
    verifier: { specifier: import.meta.resolve('@riffle/verifier') },
  };
}
