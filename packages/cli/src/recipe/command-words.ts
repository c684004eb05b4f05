import { recipeSchema } from '@riffle/core/recipe';
import type { Flag } from '../flags/flag.ts';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { writerNames } from '../plugins.ts';
import { hasSteering, printableJson } from '../render/wording.ts';
import { namesPattern } from './names-pattern.ts';
import type { RecipeValues } from './set-value.ts';

interface PluginValue {
  readonly specifier: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

const least = { collections: [{ name: 'any', path: 'any' }], output: 'any' };

/**
 * The words of the command line that says the same as a recipe: `run`, then flags for what differs from the defaults. What has no flag, or
 * cannot be typed, is said by `--set`.
 *
 * @param values of a right recipe, as they stand in its file
 * @param place how a path of the recipe is written on the command line
 */
export function commandWords(values: RecipeValues, place: (path: string) => string): string[] {
  const recipe: RecipeValues = recipeSchema.parse(values);
  const defaults: RecipeValues = recipeSchema.parse(least);
  const differs = (key: string) =>
    Object.hasOwn(values, key) && JSON.stringify(recipe[key]) !== JSON.stringify(defaults[key]);
  const flagged = new Set(['collections', ...recipeFlags.flatMap(({ key }) => key ?? [])]);
  return [
    'run',
    ...collectionWords(values, place),
    ...recipeFlags.flatMap((flag) =>
      flag.key !== undefined && differs(flag.key) ? flagWords(flag, flag.key, values[flag.key], place) : [],
    ),
    ...Object.keys(values).flatMap((key) => {
      if (flagged.has(key) || !differs(key)) return [];
      return (key === 'plugins' ? pluginFlags(values[key]) : undefined) ?? setWords(key, values[key]);
    }),
  ];
}

/** The flags that say the same as `plugins`, if there are any: a format by its short name, a pattern of names. */
function pluginFlags(plugins: unknown): string[] | undefined {
  const { writer, layout, ...others } = plugins as Readonly<Record<string, PluginValue | undefined>>;
  const simple = writer === undefined || (writer.options === undefined && writerNames.includes(writer.specifier));
  const pattern = namesPattern(layout);
  const patterned = layout === undefined || (pattern !== undefined && !hasSteering(pattern));
  if (!simple || !patterned || Object.keys(others).length > 0) return undefined;
  return [
    ...(writer === undefined ? [] : valueWords('--writer', writer.specifier)),
    ...(pattern === undefined ? [] : valueWords('--names', pattern)),
  ];
}

function flagWords(flag: Flag, key: string, value: unknown, place: (path: string) => string): string[] {
  if (flag.argument === undefined) return [flag.name];
  const text = flag.value === 'path' ? place(String(value)) : String(value);
  if (hasSteering(text)) return setWords(key, text);
  return valueWords(flag.name, text);
}

/** A value that looks like a flag is tied to its own. */
function valueWords(name: string, text: string): string[] {
  return text.startsWith('-') ? [`${name}=${text}`] : [name, text];
}

/** JSON in which what cannot be typed stands escaped. */
function setWords(key: string, value: unknown): string[] {
  return ['--set', `${key}=${printableJson(value)}`];
}

function collectionWords(values: RecipeValues, place: (path: string) => string): string[] {
  const collections = (values['collections'] as readonly { name: string; path: string; expect?: unknown }[]).map(
    (collection) => ({ ...collection, path: place(collection.path) }),
  );
  // NAME=PATH ends the name at the first equals sign.
  if (collections.some(({ name, path }) => hasSteering(name + path) || name.includes('=')))
    return setWords('collections', collections);
  const expected = [...new Set(collections.map(({ expect }) => expect))];
  const everywhere = expected.length === 1 && typeof expected[0] === 'number';
  return [
    ...collections.flatMap(({ name, path }) => valueWords('--input', `${name}=${path}`)),
    ...(everywhere ? ['--expect', String(expected[0])] : []),
    ...collections.flatMap(({ expect }, index) =>
      expect === undefined || everywhere ? [] : setWords(`collections[${index}].expect`, expect),
    ),
  ];
}
