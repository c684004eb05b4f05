import { RecipeInvalidError, type Recipe, type RecipeProblem } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { applyFlags, type FlagValues, type Sources } from './apply-flags.ts';
import { parseRecipeFile, type RecipeFile } from './recipe-file.ts';
import { schemaProblems } from './schema-problems.ts';
import type { RecipeValues } from './set-value.ts';

export interface RecipeQuestion {
  readonly file: RecipeFile | undefined;
  readonly flags: FlagValues;
  /** Where relative paths of flags start, if not where those of the recipe file do. */
  readonly pathsStartAt: string | undefined;
}

/** A recipe put together from file and flags: right, or wrong with all that is wrong. */
export interface Resolution {
  /** Undefined if there is any problem. */
  readonly recipe: Recipe | undefined;
  /** The values as given, right or not. */
  readonly values: RecipeValues;
  /** Places are already those that the user wrote. */
  readonly problems: readonly RecipeProblem[];
  /** Turns the place of a later finding, `collections[1].path`, into what the user wrote, `--input b=DIR`. */
  readonly rename: (problem: RecipeProblem) => RecipeProblem;
}

/** Puts a recipe together and judges it by the schema. Pure: looks at no file and no machine. */
export function resolveRecipe({ file, flags, pathsStartAt }: RecipeQuestion): Resolution {
  const parsed = file === undefined ? { value: {}, problems: [] } : parseRecipeFile(file);
  const values: RecipeValues = { ...parsed.value };
  const applied = applyFlags(values, flags, pathsStartAt);
  const rename = renamer(applied.sources, file === undefined);
  const result = recipeSchema.safeParse(values);
  // Of a file that cannot be read nothing is known, so nothing is missing from it.
  const found = parsed.problems.length > 0 ? [] : schemaProblems(result.error?.issues ?? [], values);
  const problems = distinct([...parsed.problems, ...applied.problems, ...found.map(rename)]);
  return { recipe: problems.length === 0 ? result.data : undefined, values, problems, rename };
}

/** The recipe of a resolution. @throws RecipeInvalidError with every problem, `further` ones included */
export function requireRecipe(resolution: Resolution, further: readonly RecipeProblem[] = []): Recipe {
  const problems = distinct([...resolution.problems, ...further.map(resolution.rename)]);
  if (problems.length > 0 || resolution.recipe === undefined) throw new RecipeInvalidError(problems);
  return resolution.recipe;
}

/** Calls each place what the user wrote, as far as a flag brought it about. */
function renamer(sources: Sources, onlyFlags: boolean): (problem: RecipeProblem) => RecipeProblem {
  return ({ place, message }) => {
    const source = [...sources.keys()]
      .filter((key) => place === key || place.startsWith(`${key}.`) || place.startsWith(`${key}[`))
      .sort((left, right) => right.length - left.length)[0];
    if (source !== undefined) {
      const name = sources.get(source)!;
      return { place: name === '--set' ? `--set ${place}` : name, message };
    }
    const flag = onlyFlags ? flagOf(place) : undefined;
    return { place: flag ?? place, message };
  };
}

/** Without a recipe file, what is missing is missing from the flags. */
function flagOf(place: string): string | undefined {
  if (place === 'collections') return '--input';
  return recipeFlags.find(({ key }) => key === place)?.name;
}

function distinct(problems: readonly RecipeProblem[]): RecipeProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ place, message }) => {
    const key = JSON.stringify([place, message]);
    return !seen.has(key) && seen.add(key);
  });
}
