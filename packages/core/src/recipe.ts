import * as z from 'zod';
import { parseByteSize } from './byte-size.ts';
import { compressionCodecs } from './writer.ts';

/** Bounds and defaults of every value, stated once: the schema, `--help` and the docs are made from them. */
export const recipeLimits = {
  shards: { minimum: 1, maximum: 10_000, default: 256 },
  rowGroupBytes: { minimum: 2 ** 20, maximum: 2 ** 30, default: 64 * 2 ** 20 },
  decodedBytes: { minimum: 2 ** 20, maximum: 2 ** 50, default: 2 ** 30 },
  decodedRatio: { minimum: 1, maximum: 1e9, default: 10_000 },
} as const;

export const strategies = ['auto', 'memory', 'spill', 'passes'] as const;
export const badShardPolicies = ['skip', 'fail'] as const;
export const verifyDepths = ['full', 'counts'] as const;

const byteSize = (minimum: number, maximum: number) =>
  z
    .union([z.number().int(), z.string()], { error: 'must be a size such as 256MB or 64MiB' })
    .transform((value, context) => {
      const bytes = typeof value === 'number' ? value : parseByteSize(value);
      if (bytes !== undefined && bytes >= minimum && bytes <= maximum) return bytes;
      context.addIssue({ code: 'custom', message: `must be a size such as 256MB or 64MiB, from ${minimum} to ${maximum} bytes` });
      return z.NEVER;
    });

const percent = z.union([z.number(), z.string()]).transform((value, context) => {
  const match = typeof value === 'number' ? [undefined, String(value)] : /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(value);
  const number = match === null ? NaN : Number(match[1]);
  if (number >= 0 && number <= 100) return number;
  context.addIssue({ code: 'custom', message: 'must be a percentage from 0% to 100%, such as 0.1%' });
  return z.NEVER;
});

const text = (what: string) => z.string({ error: `must be ${what}` }).refine((value) => value.trim() !== '', { error: `must be ${what}, not empty` });

/** One source of rows. Order in the recipe is plan order. */
export const collectionSchema = z.strictObject({
  /** Unique; appears in messages and the report. */
  name: text('a name'),
  /** A folder of shards, or one file. Relative paths start at the recipe's folder, or at the working folder for flags. */
  path: text('a path'),
  /** Shards that should be there: a number of folders or files, or a pattern such as `{00000..00019}`. */
  expect: z.union([z.number().int().min(1).max(1_000_000), text('a number of shards or a pattern')]).optional(),
});

const pluginReference = z.strictObject({ specifier: text('a module specifier'), options: z.json().optional() });

/** The declarative description of a job. What the wizard asks, the flags say and the packages take. */
export const recipeSchema = z.strictObject({
  collections: z.array(collectionSchema).min(1, { error: 'must name at least one collection' }),
  output: text('a folder'),
  shards: z.int({ error: `must be a whole number from ${recipeLimits.shards.minimum} to ${recipeLimits.shards.maximum}` })
    .min(recipeLimits.shards.minimum, { error: `must be a whole number from ${recipeLimits.shards.minimum} to ${recipeLimits.shards.maximum}` })
    .max(recipeLimits.shards.maximum, { error: `must be a whole number from ${recipeLimits.shards.minimum} to ${recipeLimits.shards.maximum}` })
    .default(recipeLimits.shards.default),
  /** Text, used verbatim; a number in YAML is taken as its text. */
  seed: z.union([z.string(), z.number().transform(String)]).default('42'),
  /** Bytes of data held in all threads; default: half of what is free. */
  memory: byteSize(1, Number.MAX_SAFE_INTEGER).optional(),
  /** Default: the CPUs this process may use. */
  workers: z.int({ error: 'must be a whole number of at least 1' }).min(1, { error: 'must be a whole number of at least 1' }).optional(),
  strategy: z.enum(strategies).default('auto'),
  /** Where spill goes; default: inside the output folder. */
  tempDir: text('a folder').optional(),
  compression: z.enum(compressionCodecs).default('zstd'),
  rowGroupBytes: byteSize(recipeLimits.rowGroupBytes.minimum, recipeLimits.rowGroupBytes.maximum).default(recipeLimits.rowGroupBytes.default),
  onBadShard: z.enum(badShardPolicies).default('skip'),
  /** Percent. The larger of lost / expected shards and lost / known rows must not exceed it. */
  maxLoss: percent.default(100),
  verify: z.enum(verifyDepths).default('full'),
  overwrite: z.boolean().default(false),
  limits: z
    .strictObject({
      decodedBytes: byteSize(recipeLimits.decodedBytes.minimum, recipeLimits.decodedBytes.maximum).default(recipeLimits.decodedBytes.default),
      decodedRatio: z.number().min(recipeLimits.decodedRatio.minimum).max(recipeLimits.decodedRatio.maximum).default(recipeLimits.decodedRatio.default),
    })
    .prefault({}),
  plugins: z
    .strictObject({
      readers: z.array(pluginReference).optional(),
      writer: pluginReference.optional(),
      shuffler: pluginReference.optional(),
      storage: pluginReference.optional(),
      verifier: pluginReference.optional(),
    })
    .prefault({}),
});

/** A recipe as people write it: defaults may be left out, sizes may be text. */
export type RecipeInput = z.input<typeof recipeSchema>;
/** A recipe with every default filled in, sizes in bytes. */
export type Recipe = z.output<typeof recipeSchema>;
export type CollectionRecipe = Recipe['collections'][number];
