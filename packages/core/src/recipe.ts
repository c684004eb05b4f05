import * as z from 'zod';
import { exactByteSize, parseByteSize } from './byte-size.ts';
import {
  badShardPolicies,
  recipeDefaults,
  recipeLimits,
  schemaPolicies,
  strategies,
  verifyDepths,
} from './recipe-limits.ts';
import { compressionCodecs, writerProfiles } from './writer.ts';

export { badShardPolicies, recipeLimits, schemaPolicies, strategies, verifyDepths };

/** `must be <what>`, the same sentence for every way in which a value can be wrong. */
const mustBe = (what: string) => ({ error: `must be ${what}` });

const text = (what: string) =>
  z.string(mustBe(what)).refine((value) => value.trim() !== '', mustBe(`${what}, not empty`));

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, mustBe(`one of ${words.join(', ')}`));

const wholeNumber = (minimum: number, maximum?: number) => {
  const range = mustBe(
    `a whole number ${maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`}`,
  );
  return z
    .int(range)
    .min(minimum, range)
    .max(maximum ?? Number.MAX_SAFE_INTEGER, range);
};

const byteSize = (minimum: number, maximum?: number) => {
  const range = maximum === undefined ? '' : `, from ${exactByteSize(minimum)} to ${exactByteSize(maximum)}`;
  const expected = mustBe(`a size such as 256MB or 64MiB${range}`);
  return z.union([z.number(), z.string()], expected).transform((value, context) => {
    const bytes = typeof value === 'number' ? value : parseByteSize(value);
    if (Number.isSafeInteger(bytes) && bytes! >= minimum && bytes! <= (maximum ?? bytes!)) return bytes!;
    context.addIssue({ code: 'custom', message: expected.error });
    return z.NEVER;
  });
};

const percentage = mustBe('a percentage from 0% to 100%, such as 0.1%');
const percent = z.union([z.number(), z.string()], percentage).transform((value, context) => {
  const number = typeof value === 'number' ? value : Number(/^\s*(\d+(?:\.\d+)?)\s*%?\s*$/.exec(value)?.[1] ?? NaN);
  if (number >= 0 && number <= 100) return number;
  context.addIssue({ code: 'custom', message: percentage.error });
  return z.NEVER;
});

/** Text as it is; a whole number is taken as its decimal digits, any other number could be spelled in several ways. */
const seedText = mustBe('text, in quotes unless it is a whole number');
const seed = z.union([z.string(), z.int().transform(String)], seedText);

const expectedShards = mustBe(
  `a whole number of shards from 1 to ${recipeLimits.expect.maximum}, or a pattern such as {00000..00019}`,
);

/** Whether every brace of a pattern belongs to a list `{a,b}` or a range `{0..9}`; a slip would name shards that cannot be. */
function hasCompleteBraces(pattern: string): boolean {
  const inner = pattern.replace(/\{[^{}]*(?:,|\.\.)[^{}]*\}/g, '');
  return inner === pattern ? !/[{}]/.test(pattern) : hasCompleteBraces(inner);
}

/** One source of rows. Order in the recipe is plan order. */
export const collectionSchema = z.strictObject(
  {
    /** Unique; appears in messages and the report. */
    name: text('a name'),
    /** A folder of shards, or one file. Relative paths start at the recipe's folder, or at the working folder for flags. */
    path: text('the path of a folder or file'),
    /** Shards that should be there: a number of folders or files, or a pattern such as `{00000..00019}`. */
    expect: z
      .union(
        [
          z
            .int(expectedShards)
            .min(recipeLimits.expect.minimum, expectedShards)
            .max(recipeLimits.expect.maximum, expectedShards),
          text('a pattern').refine(hasCompleteBraces, expectedShards),
        ],
        expectedShards,
      )
      .optional(),
  },
  mustBe('a collection with name and path'),
);

const texts = (what: string) => z.array(text(what), mustBe(`a list of ${what.replace(/^an? /, '')}s`));
const byName = <Value extends z.ZodType>(what: string, value: Value) =>
  z.record(text(what), value, mustBe(`${what} with a value each`));

/**
 * What is to become of the columns. Names are those after `rename`; a path goes below a column: `a.b` for a field of a struct, `a[]` for the
 * elements of a list, `a[key]` and `a[value]` of a map.
 */
const columnRules = z.strictObject(
  {
    /** Only these columns, in this order. */
    select: texts('a column').min(1, { error: 'must name at least one column' }).optional(),
    /** All but these. */
    drop: texts('a column').optional(),
    /** By collection, `*` standing for all: old names to new ones. */
    rename: byName('a collection', byName('a column', text('a column'))).optional(),
    /** By path: the type that values become, such as `int64`, `string`, `timestamp[us, UTC]` or `list<float>`. A value that it cannot hold fails its shard. */
    cast: byName('a path', text('a type')).optional(),
    /** By path: the Hugging Face feature that the values are, such as `{ _type: Audio, sampling_rate: 24000 }`. */
    features: byName(
      'a path',
      z.looseObject({ _type: text('a feature type') }, mustBe('a feature with its _type')),
    ).optional(),
    /** By path: the value for rows of collections that do not have it, instead of null. */
    default: byName('a path', z.json(mustBe('a JSON value'))).optional(),
  },
  mustBe('columns with select, drop, rename, cast, features or default'),
);

const pluginReference = z.strictObject(
  { specifier: text('a module specifier'), options: z.json(mustBe('a JSON value')).optional() },
  mustBe('a plugin with specifier and options'),
);

const ratioRange = mustBe(`a number from ${recipeLimits.decodedRatio.minimum} to ${recipeLimits.decodedRatio.maximum}`);

/** The declarative description of a job. What the wizard asks, the flags say and the packages take. */
export const recipeSchema = z.strictObject(
  {
    collections: z
      .array(collectionSchema, mustBe('a list of collections'))
      .min(1, { error: 'must name at least one collection' }),
    output: text('a folder'),
    shards: wholeNumber(recipeLimits.shards.minimum, recipeLimits.shards.maximum).default(recipeLimits.shards.default),
    /** Text, used verbatim. */
    seed: seed.default(recipeDefaults.seed),
    /** Bytes of data held in all threads; default: half of what is free. */
    memory: byteSize(1).optional(),
    /** Default: the CPUs this process may use, which is also the maximum. */
    workers: wholeNumber(1).optional(),
    strategy: oneOf(strategies).default(recipeDefaults.strategy),
    /** Where spill goes; default: inside the output folder. */
    tempDir: text('a folder').optional(),
    compression: oneOf(compressionCodecs).default(recipeDefaults.compression),
    /** Bytes of Arrow data in one row group of the output. */
    rowGroupBytes: byteSize(recipeLimits.rowGroupBytes.minimum, recipeLimits.rowGroupBytes.maximum).default(
      recipeLimits.rowGroupBytes.default,
    ),
    /** What encodings are chosen for: `balanced` keeps to the inputs' size in the least time, `smallest` and `fastest` look at one of the two. */
    profile: oneOf(writerProfiles).default(recipeDefaults.profile),
    /** `widen`: collections may differ as far as nothing is lost. `strict`: but for the order of columns they must be the same. */
    schema: oneOf(schemaPolicies).default(recipeDefaults.schema),
    columns: columnRules.prefault({}),
    onBadShard: oneOf(badShardPolicies).default(recipeDefaults.onBadShard),
    /** Percent. The larger of lost / expected shards and lost / known rows must not exceed it. */
    maxLoss: percent.default(recipeDefaults.maxLoss),
    verify: oneOf(verifyDepths).default(recipeDefaults.verify),
    overwrite: z.boolean(mustBe('true or false')).default(false),
    /** Write a dataset card, README.md, beside the shards. One that people wrote or changed is left alone. */
    card: z.boolean(mustBe('true or false')).default(false),
    /** A worker in which nothing happens for so many seconds has hung: its unit is tried again, then the job fails. No part of the result. */
    stallSeconds: wholeNumber(recipeLimits.stallSeconds.minimum, recipeLimits.stallSeconds.maximum).default(
      recipeLimits.stallSeconds.default,
    ),
    /** What makes a file a decompression bomb: more than both. */
    limits: z
      .strictObject(
        {
          decodedBytes: byteSize(recipeLimits.decodedBytes.minimum, recipeLimits.decodedBytes.maximum).default(
            recipeLimits.decodedBytes.default,
          ),
          decodedRatio: z
            .number(ratioRange)
            .min(recipeLimits.decodedRatio.minimum, ratioRange)
            .max(recipeLimits.decodedRatio.maximum, ratioRange)
            .default(recipeLimits.decodedRatio.default),
        },
        mustBe('limits with decodedBytes and decodedRatio'),
      )
      .prefault({}),
    plugins: z
      .strictObject(
        {
          readers: z.array(pluginReference, mustBe('a list of plugins')).optional(),
          writer: pluginReference.optional(),
          shuffler: pluginReference.optional(),
          storage: pluginReference.optional(),
          verifier: pluginReference.optional(),
        },
        mustBe('plugins by role'),
      )
      .prefault({}),
  },
  mustBe('a recipe: keys such as collections, output and shards'),
);

/** A recipe as people write it: defaults may be left out, sizes may be text. */
export type RecipeInput = z.input<typeof recipeSchema>;
/** A recipe with every default filled in, sizes in bytes. */
export type Recipe = z.output<typeof recipeSchema>;
export type ColumnRules = Recipe['columns'];
export type CollectionRecipe = Recipe['collections'][number];
