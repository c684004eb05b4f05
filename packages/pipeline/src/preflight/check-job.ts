import {
  RecipeInvalidError,
  recipeDefaults,
  type JobOptions,
  type Layout,
  type Recipe,
  type RecipeProblem,
  type RiffleError,
  type Storage,
  type Writer,
} from '@riffle/core';
import { tryLayout } from '../publishing/shard-paths.ts';
import { checkOutputFolder } from './check-output-folder.ts';
import { checkRecipe } from './check-recipe.ts';

/** A setting that a writer cannot follow is refused, not ignored. */
function compressionProblems({ compression }: Recipe, { name, capabilities }: Writer): readonly RecipeProblem[] {
  const known: readonly string[] = capabilities.compression;
  if (known.includes(compression)) return [];
  const message = `must be ${known.length === 1 ? known[0] : `one of ${known.join(', ')}`} for the writer ${name}, not ${compression}; without a word of yours it is ${recipeDefaults.compression}`;
  return [{ place: 'compression', message }];
}

/**
 * Everything about a recipe that the machine decides, before any work.
 * @throws `RECIPE_INVALID` with all problems at once; `PLUGIN_INVALID` for a layout that names no places; then what {@link checkOutputFolder} throws.
 */
export async function checkJob(
  recipe: Recipe,
  {
    storage,
    writer,
    layout,
  }: { readonly storage: Storage; readonly writer: Writer; readonly layout?: Layout | undefined },
  options: JobOptions,
  onOccupied?: (error: RiffleError) => void,
): Promise<void> {
  const problems = [...(await checkRecipe(recipe, storage, options)), ...compressionProblems(recipe, writer)];
  if (problems.length > 0) throw new RecipeInvalidError(problems);
  tryLayout(layout, recipe.shards, writer.extension);
  await checkOutputFolder(recipe, storage, options, onOccupied);
}
