import { RiffleError, type PluginIdentity, type PluginModule, type PluginReference } from '@riffle/core';

const contractVersion = 'v1';

/** Node tells which file imports what is missing; where that is the plugin itself, it is one of Riffle's own, which says nothing to anybody: undefined for other errors. */
function missingPlugin(specifier: string, { message }: Error): string | undefined {
  const found = /^(.* '([^']+)') imported from [^']*$/.exec(message);
  const isPlugin = found !== null && (specifier.endsWith(found[2]!) || specifier.startsWith(found[2]!));
  return isPlugin ? `${found[1]!}.` : undefined;
}

async function importModule(reference: PluginReference): Promise<PluginModule<PluginIdentity<string>>> {
  try {
    return (await import(reference.specifier)) as PluginModule<PluginIdentity<string>>;
  } catch (cause) {
    const missing = missingPlugin(reference.specifier, cause as Error);
    throw new RiffleError(
      'PLUGIN_INVALID',
      `The plugin ${reference.specifier} could not be loaded: ${missing ?? (cause as Error).message}`,
      { specifier: reference.specifier },
      missing === undefined ? { cause } : {},
    );
  }
}

/** Runs a plugin's `prepare`, if it has one, for {@link loadPlugin} in workers. */
export async function preparePlugin(reference: PluginReference): Promise<unknown> {
  const module = await importModule(reference);
  return module.prepare?.(reference.options);
}

/**
 * Imports a plugin and calls its factory.
 * @throws PLUGIN_INVALID if it cannot be loaded, has another role, or was written for another version of the contract.
 */
export async function loadPlugin<Plugin extends PluginIdentity<string>>(
  role: Plugin['role'],
  reference: PluginReference,
  shared?: unknown,
): Promise<Plugin> {
  const module = await importModule(reference);
  const invalid = (why: string) =>
    new RiffleError('PLUGIN_INVALID', `The plugin ${reference.specifier} ${why}.`, {
      specifier: reference.specifier,
      role,
    });
  if (typeof module.default !== 'function') throw invalid('has no default export that makes it');
  const plugin = await module.default(reference.options, shared, reference.context);
  if (plugin.specificationVersion !== contractVersion)
    throw invalid(
      `is written for contract ${String(plugin.specificationVersion)}; this Riffle knows ${contractVersion}`,
    );
  if (plugin.role !== role) throw invalid(`is a ${String(plugin.role)}, and a ${role} is needed`);
  return plugin as Plugin;
}
