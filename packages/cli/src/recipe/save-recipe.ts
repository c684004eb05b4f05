import { dirname, resolve } from 'node:path';
import { isRiffleError, RiffleError, type ColumnRules, type Recipe, type Storage } from '@riffle/core';
import { stringify } from 'yaml';
import type { RecipeValues } from './set-value.ts';
import { writeNewText } from './write-text.ts';

/** What a plan was made from, and what it settled. */
export interface SettledRecipe {
  /** As given: file and flags. */
  readonly values: RecipeValues;
  readonly recipe: Recipe;
  /** Where relative paths of `values` start. */
  readonly baseFolder: string;
  readonly rules: ColumnRules;
}

/** The recipe as YAML: what was given, and the columns as they were agreed on. Paths are absolute if it is to lie in another folder. */
function settledRecipeText({ values, recipe, baseFolder, rules }: SettledRecipe, folder: string): string {
  const moved = resolve(folder) !== resolve(baseFolder);
  const place = (path: string) => (moved ? resolve(baseFolder, path) : path);
  const { collections, output, tempDir, plugins } = recipe;
  const settled = {
    ...values,
    collections: collections.map((collection) => ({ ...collection, path: place(collection.path) })),
    output: place(output),
    ...(tempDir === undefined ? {} : { tempDir: place(tempDir) }),
    ...(moved && Object.keys(plugins).length > 0 ? { plugins } : {}),
    columns: rules,
  };
  return `# Written by riffle plan --save-recipe. The columns are those that the collections agreed on.\n${stringify(settled, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}

/** Writes the recipe to a new file. @throws USAGE if something is there already */
export async function saveRecipe(settled: SettledRecipe, location: string, storage: Storage): Promise<void> {
  try {
    await writeNewText(location, settledRecipeText(settled, dirname(location)), storage);
  } catch (error) {
    if (!isRiffleError(error) || error.details['systemCode'] !== 'EEXIST') throw error;
    const message = `The recipe cannot be saved as ${location}: something is there already. Name a new file, or remove it.`;
    throw new RiffleError('USAGE', message, { location }, { cause: error });
  }
}
