import type {
  Layout,
  PluginReference,
  PluginReferences,
  Reader,
  Recipe,
  Shuffler,
  Storage,
  Verifier,
  Writer,
} from '@riffle/core';
import { loadPlugin, preparePlugin } from './load-plugin.ts';

/** Every plugin of a job, loaded in this thread. */
export interface PluginSet {
  readonly readers: readonly Reader[];
  readonly writer: Writer;
  readonly shuffler: Shuffler;
  readonly storage: Storage;
  readonly verifier: Verifier;
  readonly layout?: Layout | undefined;
}

/** What plugins prepared on the main thread, by specifier. */
export type SharedValues = ReadonlyMap<string, unknown>;

/** The plugins a recipe names, the caller's where it names none. A recipe's readers are asked before the caller's. */
export function chooseReferences(
  defaults: PluginReferences,
  { plugins: chosen, compression }: Pick<Recipe, 'plugins' | 'compression'>,
): PluginReferences {
  const withOptions = (reference: { specifier: string; options?: unknown }) => reference as PluginReference;
  const writer = chosen.writer === undefined ? defaults.writer : withOptions(chosen.writer);
  return {
    readers: [...(chosen.readers ?? []).map(withOptions), ...defaults.readers],
    writer: { ...writer, context: { compression, ...writer.context } },
    shuffler: chosen.shuffler === undefined ? defaults.shuffler : withOptions(chosen.shuffler),
    storage: chosen.storage === undefined ? defaults.storage : withOptions(chosen.storage),
    verifier: chosen.verifier === undefined ? defaults.verifier : withOptions(chosen.verifier),
    layout: chosen.layout === undefined ? defaults.layout : withOptions(chosen.layout),
  };
}

function allReferences(references: PluginReferences): readonly PluginReference[] {
  const { readers, writer, shuffler, storage, verifier, layout } = references;
  return [...readers, writer, shuffler, storage, verifier, ...(layout === undefined ? [] : [layout])];
}

/** Runs every plugin's `prepare` once. */
export async function preparePlugins(references: PluginReferences): Promise<SharedValues> {
  const shared = new Map<string, unknown>();
  for (const reference of allReferences(references)) {
    if (!shared.has(reference.specifier)) shared.set(reference.specifier, await preparePlugin(reference));
  }
  return shared;
}

/** Imports every plugin's module without making any: what goes wrong is told by {@link loadPlugins}. */
export async function importPlugins(references: PluginReferences): Promise<void> {
  for (const { specifier } of allReferences(references)) await import(specifier).catch(() => undefined);
}

export async function loadPlugins(references: PluginReferences, shared: SharedValues): Promise<PluginSet> {
  const load = <Plugin extends Reader | Writer | Shuffler | Storage | Verifier | Layout>(
    role: Plugin['role'],
    reference: PluginReference,
  ) => loadPlugin<Plugin>(role, reference, shared.get(reference.specifier));
  return {
    readers: await Promise.all(references.readers.map((reference) => load<Reader>('reader', reference))),
    writer: await load<Writer>('writer', references.writer),
    shuffler: await load<Shuffler>('shuffler', references.shuffler),
    storage: await load<Storage>('storage', references.storage),
    verifier: await load<Verifier>('verifier', references.verifier),
    layout: references.layout === undefined ? undefined : await load<Layout>('layout', references.layout),
  };
}
