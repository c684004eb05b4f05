import type { JsonValue, Layout, PluginModule, Reader, Writer } from '@riffle/core';
import { RiffleError } from '@riffle/core';
import { optionsOf, type PluginOption } from './options-of.ts';

/** A plugin that users choose by name, as it says of itself. */
export interface PluginDescription {
  readonly role: 'reader' | 'writer' | 'layout';
  readonly name: string;
  /** Endings of file names, with the dot. */
  readonly endings: readonly string[];
  /** Of a writer: what `compression` may be. */
  readonly compression?: readonly string[];
  /** Of a reader: whether files say how many rows they have, or are read to count them. */
  readonly rowCounts?: 'metadata' | 'scan';
  readonly options: readonly PluginOption[];
}

type Described = Reader | Writer | Layout;

/**
 * Loads a plugin without options and asks it about itself.
 * @param specifier what Node can import
 * @param shown how the user called it
 * @throws RiffleError `PLUGIN_INVALID` if it cannot be loaded or is no reader, writer or layout.
 */
export async function describePlugin(specifier: string, shown: string): Promise<PluginDescription> {
  const { plugin, optionsSchema } = await load(specifier, shown);
  const options = optionsOf(optionsSchema);
  if (plugin.role === 'reader') {
    const { role, name, extensions, capabilities } = plugin;
    return { role, name, endings: extensions, rowCounts: capabilities.rowCounts, options };
  }
  if (plugin.role === 'writer') {
    const { role, name, extension, capabilities } = plugin;
    return { role, name, endings: [extension], compression: capabilities.compression, options };
  }
  return { role: plugin.role, name: plugin.name, endings: [], options };
}

async function load(
  specifier: string,
  shown: string,
): Promise<{ readonly plugin: Described; readonly optionsSchema: JsonValue | undefined }> {
  const invalid = (why: string, cause?: unknown) =>
    new RiffleError(
      'PLUGIN_INVALID',
      `${shown} ${why}. Give the name of a format (riffle formats lists them), a package, or the path of a module.`,
      { specifier },
      cause === undefined ? {} : { cause },
    );
  let module: PluginModule<Described>;
  try {
    module = (await import(specifier)) as PluginModule<Described>;
  } catch (cause) {
    throw invalid('could not be loaded', cause);
  }
  if (typeof module.default !== 'function') throw invalid('has no default export that makes a plugin');
  const plugin = await module.default();
  if (plugin.role !== 'reader' && plugin.role !== 'writer' && plugin.role !== 'layout')
    throw invalid('is neither a reader nor a writer nor a layout');
  return { plugin, optionsSchema: module.optionsSchema };
}
