import { basename, dirname } from 'node:path';
import { RiffleError, type Storage } from '@riffle/core';
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
    throw new RiffleError('USAGE', `The recipe ${location} cannot be read. ${reason}`, { location }, { cause: error });
  }
}
