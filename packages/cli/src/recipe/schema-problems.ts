import { didYouMean, type RecipeProblem } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { unknownKey } from './known-keys.ts';
import { placeText } from './place.ts';

type Issues = NonNullable<ReturnType<typeof recipeSchema.safeParse>['error']>['issues'];

/** What the schema found, each with its place, what is accepted, and what was given. */
export function schemaProblems(issues: Issues, input: unknown): RecipeProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        place: placeText([...issue.path, key]),
        message: unknownKey(key, issue.path),
      }));
    }
    const given = valueAt(input, issue.path);
    const words = issue.code === 'invalid_value' && typeof given === 'string' ? issue.values.map(String) : [];
    const message = withGiven(issue.message, given) + didYouMean(String(given), words);
    return [{ place: placeText(issue.path), message }];
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Record<PropertyKey, unknown>)[key];
  }, input);
}

function withGiven(message: string, given: unknown): string {
  if (given === undefined) return `is missing: ${message}`;
  if (given === '' || (typeof given === 'object' && given !== null)) return message;
  const text = JSON.stringify(given) ?? String(given);
  return `${message}, not ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
