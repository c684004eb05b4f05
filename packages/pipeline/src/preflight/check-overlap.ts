import { sep } from 'node:path';
import { RiffleError, type JobOptions, type Recipe, type Storage } from '@riffle/core';
import { locate } from './locate.ts';

interface Place {
  /** As messages call it. */
  readonly name: string;
  readonly real: string;
}

/**
 * Refuses, by real path, an output inside an input or around one, and a temp folder inside an input: a job must never
 * read what it writes, or write over what it reads.
 *
 * @throws OVERLAPPING_FOLDERS naming all pairs
 */
export async function checkOverlap(
  recipe: Pick<Recipe, 'collections' | 'output' | 'tempDir'>,
  storage: Storage,
  { baseFolder, signal }: Pick<JobOptions, 'baseFolder' | 'signal'>,
): Promise<void> {
  const place = async (name: string, path: string): Promise<Place> => ({
    name: `${name} (${path})`,
    real: await storage.realLocation(locate(path, baseFolder, storage), { signal }),
  });
  const inputs = await Promise.all(recipe.collections.map(({ name, path }) => place(`collection ${name}`, path)));
  const output = await place('the output', recipe.output);
  const temporary = recipe.tempDir === undefined ? undefined : await place('the temp folder', recipe.tempDir);
  const overlaps = inputs.flatMap((input) => [
    ...overlap(output, input),
    ...(output.real === input.real ? [] : overlap(input, output)),
    ...(temporary === undefined ? [] : overlap(temporary, input)),
  ]);
  if (overlaps.length === 0) return;
  const message = `Folders lie inside each other:\n  ${overlaps.join('\n  ')}\nChoose an output folder and a temp folder apart from every input.`;
  throw new RiffleError('OVERLAPPING_FOLDERS', message, { overlaps });
}

function overlap(inner: Place, outer: Place): string[] {
  if (inner.real === outer.real) return [`${inner.name} is the same folder as ${outer.name}: ${inner.real}`];
  const start = outer.real.endsWith(sep) ? outer.real : outer.real + sep;
  if (!inner.real.startsWith(start)) return [];
  return [`${inner.name} is inside ${outer.name}: ${inner.real} is in ${outer.real}`];
}
