import type { PluginReferences } from '@riffle/core';

/** The formats of Riffle itself, by the short names that recipes and flags may use; in the order in which readers are asked. */
const firstParty = {
  readers: {
    parquet: import.meta.resolve('@riffle/reader-parquet'),
    arrow: import.meta.resolve('@riffle/reader-arrow'),
    jsonl: import.meta.resolve('@riffle/reader-jsonl'),
    csv: import.meta.resolve('@riffle/reader-csv'),
    webdataset: import.meta.resolve('@riffle/reader-webdataset'),
    mds: import.meta.resolve('@riffle/reader-mds'),
  },
  writers: {
    parquet: import.meta.resolve('@riffle/writer-parquet'),
    arrow: import.meta.resolve('@riffle/writer-arrow'),
    jsonl: import.meta.resolve('@riffle/writer-jsonl'),
    webdataset: import.meta.resolve('@riffle/writer-webdataset'),
    mds: import.meta.resolve('@riffle/writer-mds'),
  },
  layouts: {
    pattern: import.meta.resolve('@riffle/layout-pattern'),
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** What Riffle has several of, by short names. */
export type FirstPartyRole = keyof typeof firstParty;

/** The formats that Riffle itself writes. */
export const writerNames: readonly string[] = Object.keys(firstParty.writers);

/** The URL of a plugin that is called by a short name: `parquet`. Undefined if it is none. */
export function firstPartyPlugin(role: FirstPartyRole, name: string): string | undefined {
  const plugins: Readonly<Record<string, string>> = firstParty[role];
  return Object.hasOwn(plugins, name) ? plugins[name] : undefined;
}

/** All of them with their short names: readers, writers, then layouts. */
export function firstPartyPlugins(): readonly { readonly name: string; readonly specifier: string }[] {
  return Object.values(firstParty).flatMap((plugins) =>
    Object.entries(plugins).map(([name, specifier]) => ({ name, specifier })),
  );
}

/** The first-party plugins, as URLs that a worker thread can load whatever its own folder is. */
export function defaultPlugins(): PluginReferences {
  const references = (urls: Readonly<Record<string, string>>) =>
    Object.values(urls).map((specifier) => ({ specifier }));
  const [writer, ...writers] = references(firstParty.writers);
  return {
    readers: references(firstParty.readers),
    writer: writer!,
    writers,
    shuffler: { specifier: import.meta.resolve('@riffle/shuffler') },
    storage: { specifier: import.meta.resolve('@riffle/storage-file') },
    verifier: { specifier: import.meta.resolve('@riffle/verifier') },
  };
}
