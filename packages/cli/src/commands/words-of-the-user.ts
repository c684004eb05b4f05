import { isRiffleError, RecipeInvalidError, type RecipeProblem } from '@riffle/core';
import type { Resolution } from '../recipe/resolve-recipe.ts';

/** Runs a job; problems of the recipe that it finds are called what the user wrote, `--workers` for `workers`. */
export async function inWordsOfTheUser<Result>(
  { rename }: Pick<Resolution, 'rename'>,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!isRiffleError(error) || error.code !== 'RECIPE_INVALID') throw error;
    // By its content, not its class: the error may come from another copy of core.
    const { problems } = error.details;
    if (!Array.isArray(problems)) throw error;
    throw new RecipeInvalidError((problems as readonly RecipeProblem[]).map(rename), { cause: error.cause });
  }
}
