import { RecipeInvalidError, type JobOptions, type Recipe, type RiffleError, type Storage } from '@riffle/core';
import { checkOutputFolder } from './check-output-folder.ts';
import { checkRecipe } from './check-recipe.ts';

/**
 * Everything about a recipe that the machine decides, before any work.
 * @throws `RECIPE_INVALID` with all problems at once; then what {@link checkOutputFolder} throws.
 */
export async function checkJob(
  recipe: Recipe,
  storage: Storage,
  options: JobOptions,
  onOccupied?: (error: RiffleError) => void,
): Promise<void> {
  const problems = await checkRecipe(recipe, storage, options);
  if (problems.length > 0) throw new RecipeInvalidError(problems);
  await checkOutputFolder(recipe, storage, options, onOccupied);
}
