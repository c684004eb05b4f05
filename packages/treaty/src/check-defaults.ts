import { convertColumn, fieldsBelow } from '@riffle/columnar';
import { isRiffleError, RecipeInvalidError, type ColumnRules, type RecipeProblem } from '@riffle/core';
import type { DataType, Field } from 'apache-arrow';

/** Tries each default on no rows. @throws RecipeInvalidError for those that are no values of their type */
export function checkDefaults(
  fields: readonly Field[],
  { default: defaults = {} }: Pick<ColumnRules, 'default'>,
): void {
  const problems: RecipeProblem[] = [];
  const check = (field: Field, path: string) => {
    const type = field.type as DataType;
    if (Object.hasOwn(defaults, path)) {
      try {
        convertColumn(undefined, 0, type, { kind: 'constant', value: defaults[path]! }, path);
      } catch (error) {
        if (!isRiffleError(error) || error.code !== 'RECIPE_INVALID') throw error;
        problems.push({ place: `columns.default.${path}`, message: `must be a value of its column. ${error.message}` });
      }
    }
    for (const below of fieldsBelow(type, path)) check(below.field, below.path);
  };
  for (const field of fields) check(field, field.name);
  if (problems.length > 0) throw new RecipeInvalidError(problems);
}
