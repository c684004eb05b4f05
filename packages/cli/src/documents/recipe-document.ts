import type { Recipe } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { exactly } from './exactly.ts';
import { bytes } from './parts.ts';

type Key = keyof typeof recipeSchema.shape;

/** What keys mean that no flag of their own sets. */
const withoutFlag: Partial<Record<Key, string>> = {
  collections: 'the inputs, in order: a folder of shards or one file each',
  schema:
    'widen: collections may differ as far as no value is lost; strict: but for the order of columns they must be the same',
  columns: 'what is to become of columns: select, drop, rename, cast, features, default',
  stallSeconds: 'a worker in which nothing happens for so many seconds has hung',
  limits: 'a file that decodes to more than both is a decompression bomb, and makes a bad shard',
  plugins: 'modules that read, write, shuffle, store or verify instead of the first-party ones',
};

/** For people who write a recipe in an editor: what the help says of a key, and its default where the schema holds it in another form. */
function explained(key: Key): { readonly description?: string; readonly default?: string } {
  const flag = recipeFlags.find((candidate) => candidate.key === key);
  const description = flag?.help ?? withoutFlag[key];
  const spelled = key === 'rowGroupBytes' || key === 'maxLoss' ? flag?.default : undefined;
  return {
    ...(description === undefined ? {} : { description }),
    ...(spelled === undefined ? {} : { default: spelled }),
  };
}

/** A recipe as people write it: what is in riffle.yaml. */
export const recipeDocumentSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(recipeSchema.shape).map(([key, schema]) => [key, schema.meta(explained(key as Key))]),
  ),
);

const { limits } = recipeSchema.shape;

/** A recipe with every default filled in, sizes in bytes: what the log tells. */
export const settledRecipe = exactly<Recipe>()(
  recipeSchema.extend({
    seed: z.string(),
    memory: bytes.optional(),
    rowGroupBytes: bytes,
    maxLoss: z.number().min(0).max(100).describe('percent'),
    limits: limits.unwrap().extend({ decodedBytes: bytes }),
  }),
);
