import type { JobOptions, RecipeProblem, Storage } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import type { Pipeline } from '../host.ts';
import { recipeDraft } from '../recipe/recipe-draft.ts';
import { schemaProblems } from '../recipe/schema-problems.ts';
import type { RecipeValues } from '../recipe/set-value.ts';

/** What is wrong with the value at a place of a recipe, as a sentence, if anything is. */
export type CheckAnswer = (values: RecipeValues, place: string) => Promise<string | undefined>;

/** Judges answers by the recipe's schema and by what the pipeline checks before a job: the wizard has no rules of its own. */
export function createCheckAnswer(
  { checkRecipe }: Pick<Pipeline, 'checkRecipe'>,
  storage: Storage,
  machine: Pick<JobOptions, 'availableCpus' | 'baseFolder' | 'signal'>,
): CheckAnswer {
  return async (values, place) => {
    const at = ({ place: found }: RecipeProblem) =>
      found === place || found.startsWith(`${place}.`) || found.startsWith(`${place}[`);
    const shape = schemaProblems(recipeSchema.safeParse(values).error?.issues ?? [], values).find(at);
    const problem = shape ?? (await checkRecipe(recipeDraft(values), storage, machine)).find(at);
    return problem === undefined ? undefined : sentence(problem.message);
  };
}

/** `must be a folder` → `Must be a folder.` */
function sentence(message: string): string {
  const text = message.replace(/^is missing: /, '');
  return `${text[0]!.toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}
