import type { RecipeValues } from './set-value.ts';

/** The parts of a recipe that can be checked against the machine although others are wrong. */
export interface RecipeDraft {
  readonly collections: readonly { readonly name: string | undefined; readonly path: string | undefined }[];
  readonly output: string | undefined;
  readonly workers: number | undefined;
  readonly tempDir: string | undefined;
}

/** Takes what has the right type from values that may be anything. */
export function recipeDraft(values: RecipeValues): RecipeDraft {
  const { collections, output, workers, tempDir } = values;
  const list: readonly unknown[] = Array.isArray(collections) ? collections : [];
  return {
    collections: list.map((collection) => {
      const { name, path } = (typeof collection === 'object' && collection !== null ? collection : {}) as RecipeValues;
      return { name: textOf(name), path: textOf(path) };
    }),
    output: textOf(output),
    workers: typeof workers === 'number' && Number.isInteger(workers) ? workers : undefined,
    tempDir: textOf(tempDir),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
