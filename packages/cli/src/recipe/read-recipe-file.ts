import { basename, dirname } from 'node:path';
import { nearestWord, RiffleError, type Storage } from '@riffle/core';
import type { RecipeFile } from './recipe-file.ts';

/** No recipe is longer; a larger file was named by mistake. */
const LONGEST_RECIPE = 4 * 2 ** 20;

/** Reads the text of a recipe file. @throws USAGE if it cannot be read */
export async function readRecipeFile(
  location: string,
  storage: Storage,
): Promise<RecipeFile & { readonly folder: string }> {
  try {
    const file = await storage.open(location);
    try {
      if (file.size > LONGEST_RECIPE) throw new Error(`it has ${file.size} bytes, too many for a recipe`);
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.read(0, file.size));
      return { name: basename(location), text, folder: dirname(location) };
    } finally {
      await file.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const meant = await nearestFile(location, storage);
    const message = `The recipe ${location} cannot be read. ${reason}${meant}`;
    throw new RiffleError('USAGE', message, { location }, { cause: error });
  }
}

/** A suggestion, where the file is not there and one of nearly the same name lies in its folder. */
async function nearestFile(location: string, storage: Storage): Promise<string> {
  try {
    if ((await storage.stat(location)) !== undefined) return '';
    const names = (await storage.list(dirname(location))).filter(({ kind }) => kind === 'file').map(({ path }) => path);
    const meant = nearestWord(basename(location), names);
    return meant === undefined ? '' : ` Did you mean ${meant}?`;
  } catch {
    return '';
  }
}
