import { RiffleError, type PluginIdentity, type PluginModule, type PluginReference } from '@riffle/core';

const contractVersion = 'v1';

async function importModule(reference: PluginReference): Promise<PluginModule<PluginIdentity<string>>> {
  try {
    return (await import(reference.specifier)) as PluginModule<PluginIdentity<string>>;
  } catch (cause) {
    throw new RiffleError(
      'PLUGIN_INVALID',
      `The plugin ${reference.specifier} could not be loaded: ${(cause as Error).message}`,
      { specifier: reference.specifier },
      { cause },
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
  const plugin = await module.default(reference.options, shared);
  if (plugin.specificationVersion !== contractVersion)
    throw invalid(
      `is written for contract ${String(plugin.specificationVersion)}; this Riffle knows ${contractVersion}`,
    );
  if (plugin.role !== role) throw invalid(`is a ${String(plugin.role)}, and a ${role} is needed`);
  return plugin as Plugin;
}
