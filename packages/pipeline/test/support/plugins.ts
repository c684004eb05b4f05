import type { FaultyStoragePluginOptions } from '@riffle/testkit/faulty-storage';
import type { JsonValue, PluginReference, PluginReferences } from '@riffle/core';

const builtPlugin = (name: string, file = 'index.js'): PluginReference => ({
  specifier: new URL(`../../../${name}/dist/${file}`, import.meta.url).href,
});

/** The first-party plugins as built: worker threads load them by these URLs. */
export const builtPlugins: PluginReferences = {
  readers: [builtPlugin('reader-parquet')],
  writer: builtPlugin('writer-parquet'),
  shuffler: builtPlugin('shuffler'),
  storage: builtPlugin('storage-file'),
  verifier: builtPlugin('verifier'),
};

/** A plugin of `test/support/plugins`, most of which wrap a first-party one. */
export function wrapperPlugin(name: string, options?: JsonValue): PluginReference {
  const { href } = new URL(`plugins/${name}.mjs`, import.meta.url);
  return options === undefined ? { specifier: href } : { specifier: href, options };
}

/** The built file storage with a fault; the options are those of `@riffle/testkit/faulty-storage`. */
export function failingDisk(options: Omit<FaultyStoragePluginOptions, 'storage'>): Pick<PluginReferences, 'storage'> {
  return {
    storage: {
      ...builtPlugin('testkit', 'faulty-storage-plugin.js'),
      options: { storage: builtPlugins.storage, ...options } as unknown as JsonValue,
    },
  };
}
