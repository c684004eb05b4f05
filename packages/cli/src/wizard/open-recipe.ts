import { dirname, extname, relative, isAbsolute, resolve } from 'node:path';
import { RecipeInvalidError, RiffleError, type Storage } from '@riffle/core';
import { parseRecipeFile } from '../recipe/recipe-file.ts';
import { readRecipeFile } from '../recipe/read-recipe-file.ts';
import type { OriginalRecipe } from './recipe/recipe-text.ts';

const defaultRecipe = 'riffle.yaml';

/** The recipe file that the wizard edits or makes. */
export interface OpenedRecipe {
  readonly location: string;
  readonly folder: string;
  readonly json: boolean;
  /** Absent if the file is to be made. */
  readonly original: OriginalRecipe | undefined;
  /** A path of the recipe as somebody in the working folder would write it, and the reverse. */
  readonly shown: (path: string) => string;
  readonly typed: (text: string) => string;
}

/**
 * Reads the recipe that is named, or `riffle.yaml` if it is there.
 * @throws USAGE if there is something that is no recipe file, RECIPE_INVALID if it is no YAML
 */
export async function openRecipe(
  argument: string | undefined,
  workingFolder: string,
  storage: Storage,
): Promise<OpenedRecipe> {
  const location = resolve(workingFolder, argument ?? defaultRecipe);
  const folder = dirname(location);
  const json = extname(location).toLowerCase() === '.json';
  const inOtherFolder = folder !== workingFolder;
  const between = (from: string, to: string) => (path: string) =>
    !inOtherFolder || isAbsolute(path) || path.trim() === '' ? path : relative(to, resolve(from, path)) || '.';
  const paths = { shown: between(folder, workingFolder), typed: between(workingFolder, folder) };
  const entry = await storage.stat(location);
  if (entry === undefined) {
    if ((await storage.stat(folder))?.kind !== 'directory')
      throw new RiffleError('USAGE', `The recipe ${location} cannot be made: ${folder} is no folder. Make it first.`, {
        location,
      });
    return { location, folder, json, original: undefined, ...paths };
  }
  const { name, text } = await readRecipeFile(location, storage);
  if (text.trim() === '') return { location, folder, json, original: undefined, ...paths };
  const { value, problems } = parseRecipeFile({ name, text });
  if (problems.length > 0) throw new RecipeInvalidError(problems);
  return { location, folder, json, original: { text, values: value }, ...paths };
}
