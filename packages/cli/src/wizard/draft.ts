import type { RecipeValues } from '../recipe/set-value.ts';

/** What has been answered so far. Values are spelled as they will stand in the recipe file, right or not. */
export interface Draft {
  readonly values: Readonly<RecipeValues>;
  /** Processes that will read the result side by side; not a value of the recipe. */
  readonly processes?: number | undefined;
  /** Whether the questions that most people can do without are asked. */
  readonly more?: boolean;
}

export interface DraftCollection {
  readonly name: string;
  readonly path: string;
  readonly [key: string]: unknown;
}

/** The collections of a draft, as far as they have the right shape: a file may say anything. */
export function collectionsOf({ values }: Draft): readonly DraftCollection[] {
  const { collections } = values;
  if (!Array.isArray(collections)) return [];
  return (collections as readonly unknown[]).filter(
    (collection): collection is DraftCollection =>
      typeof collection === 'object' &&
      collection !== null &&
      typeof (collection as DraftCollection).name === 'string' &&
      typeof (collection as DraftCollection).path === 'string',
  );
}

/** The draft with one value changed; undefined takes the key out, so that the default holds. */
export function withValue(draft: Draft, key: string, value: unknown): Draft {
  const { [key]: _, ...others } = draft.values;
  if (value === undefined) return { ...draft, values: others };
  return {
    ...draft,
    values: Object.hasOwn(draft.values, key) ? { ...draft.values, [key]: value } : { ...others, [key]: value },
  };
}

/** A plugin as a recipe names it. */
interface DraftPlugin {
  readonly specifier: string;
  readonly [key: string]: unknown;
}

const pluginsOf = ({ values: { plugins } }: Draft): Readonly<Record<string, unknown>> =>
  typeof plugins === 'object' && plugins !== null && !Array.isArray(plugins)
    ? (plugins as Readonly<Record<string, unknown>>)
    : {};

/** The plugin of a role, if the draft names one. */
export function pluginOf(draft: Draft, role: string): DraftPlugin | undefined {
  const plugin = pluginsOf(draft)[role] as DraftPlugin | null | undefined;
  return typeof plugin?.specifier === 'string' ? plugin : undefined;
}

/** The draft with another plugin of a role; undefined takes it out. */
export function withPlugin(draft: Draft, role: string, plugin: DraftPlugin | undefined): Draft {
  const { [role]: _, ...others } = pluginsOf(draft);
  const plugins = plugin === undefined ? others : { ...others, [role]: plugin };
  return withValue(draft, 'plugins', Object.keys(plugins).length === 0 ? undefined : plugins);
}

/** A value as text to be edited, if it is one. */
export function textOf(draft: Draft, key: string): string | undefined {
  const value = draft.values[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
