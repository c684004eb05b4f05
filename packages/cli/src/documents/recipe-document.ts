import type { Recipe } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import * as z from 'zod';
import { recipeFlags } from '../flags/recipe-flags.ts';
import { exactly } from './exactly.ts';
import { bytes } from './parts.ts';

/** The default of a key whose flag spells it as people write it, where the schema holds it in another form. */
function spelledDefault(key: string): { readonly default?: string } {
  const spelled = ['rowGroupBytes', 'maxLoss'].includes(key)
    ? recipeFlags.find((candidate) => candidate.key === key)?.default
    : undefined;
  return spelled === undefined ? {} : { default: spelled };
}

/** A recipe as people write it: what is in riffle.yaml. */
export const recipeDocumentSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(recipeSchema.shape).map(([key, schema]) => [
      key,
      schema.meta({ ...schema.meta(), ...spelledDefault(key) }),
    ]),
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
