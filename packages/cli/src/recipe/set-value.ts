import type { RecipeProblem } from '@riffle/core';
import { parsePlace } from './place.ts';

/** A recipe that is being put together: only JSON values. */
export type RecipeValues = Record<string, unknown>;

/** Applies one `--set KEY=JSON` to the values; returns what is wrong with it, if anything. */
export function setValue(values: RecipeValues, argument: string): RecipeProblem | undefined {
  const place = `--set ${argument}`;
  const equals = argument.indexOf('=');
  if (equals < 1) return { place, message: 'must be KEY=JSON, such as limits.decodedRatio=1000' };
  const path = parsePlace(argument.slice(0, equals));
  if (path === undefined)
    return { place, message: 'must start with a key such as limits.decodedRatio or collections[0].expect' };
  const json = parseJson(argument.slice(equals + 1));
  if (json === undefined)
    return { place, message: 'must have a JSON value after =; text needs double quotes inside the shell’s' };
  return assign(values, path, json.value)
    ? undefined
    : { place, message: 'leads below a value that has no keys, or past the end of a list' };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** Makes missing objects on the way; a list grows by one at a time. */
function assign(values: RecipeValues, path: readonly (string | number)[], value: unknown): boolean {
  let container: unknown = values;
  for (const [depth, key] of path.entries()) {
    if (!accepts(container, key)) return false;
    const target = container as Record<string | number, unknown>;
    if (depth === path.length - 1)
      Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
    else if (!Object.hasOwn(target, key)) target[key] = typeof path[depth + 1] === 'number' ? [] : {};
    container = target[key];
  }
  return true;
}

function accepts(container: unknown, key: string | number): boolean {
  if (typeof container !== 'object' || container === null) return false;
  if (typeof key === 'number') return Array.isArray(container) && key <= container.length;
  return !Array.isArray(container);
}
