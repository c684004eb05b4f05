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

/** Defaults that depend on the machine or that are no value, in words, by the schema of the value. For the reference. */
export const defaultsInWords = z.registry<{ readonly words: string }>();

/**
 * Says what a value is for, in a sentence or two, and its default where that is no value of the schema: the reference and the JSON Schema are made
 * from it. The last call on a value, since zod keeps what is said with the very object.
 */
const told = <Schema extends z.ZodType>(schema: Schema, description: string, words?: string): Schema => {
  const described = schema.describe(description);
  if (words !== undefined) defaultsInWords.add(described, { words });
  return described;
};

/** One source of rows. Order in the recipe is plan order. */
export const collectionSchema = z.strictObject(
  {
    name: told(text('a name'), 'A name of its own; it appears in messages and in the report.'),
    path: told(
      text('the path of a folder or file'),
      'A folder of shards, or one file. Relative paths start at the folder of the recipe; those of flags at the working folder.',
    ),
    expect: told(
      z
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
      'The shards that should be there. One that is expected and not there is missing, and counts as lost.',
      'none',
    ),
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
    select: told(
      texts('a column').min(1, { error: 'must name at least one column' }).optional(),
      'Only these columns, in this order.',
      'all',
    ),
    drop: told(texts('a column').optional(), 'All columns but these.', 'none'),
    rename: told(
      byName('a collection', byName('a column', text('a column'))).optional(),
      'By collection, `*` standing for all: old names to new ones. All other rules use the new names.',
      'none',
    ),
    cast: told(
      byName('a path', text('a type')).optional(),
      'By path: the type that values become, such as `int64`, `string`, `timestamp[us, UTC]` or `list<float>`. A value that it cannot hold exactly fails its shard.',
      'as agreed',
    ),
    features: told(
      byName('a path', z.looseObject({ _type: text('a feature type') }, mustBe('a feature with its _type'))).optional(),
      'By path: the Hugging Face feature that the values are, such as `{ _type: Audio, sampling_rate: 24000 }`.',
      'as agreed',
    ),
    default: told(
      byName('a path', z.json(mustBe('a JSON value'))).optional(),
      'By path: the value for rows of collections that do not have it, instead of null.',
      'null',
    ),
  },
  mustBe('columns with select, drop, rename, cast, features or default'),
);

const pluginReference = z.strictObject(
  {
    specifier: told(
      text('a module specifier'),
      'The name of a package, or a path that starts at the folder of the recipe. Every worker imports it.',
    ),
    options: told(z.json(mustBe('a JSON value')).optional(), 'What its factory is given.', 'none'),
  },
  mustBe('a plugin with specifier and options'),
);

const ratioRange = mustBe(`a number from ${recipeLimits.decodedRatio.minimum} to ${recipeLimits.decodedRatio.maximum}`);

/** The declarative description of a job. What the wizard asks, the flags say and the packages take. */
export const recipeSchema = z.strictObject(
  {
    collections: told(
      z.array(collectionSchema, mustBe('a list of collections')).min(1, { error: 'must name at least one collection' }),
      'The inputs. Their order is part of the job: it decides the numbers of the rows, and so where each goes.',
    ),
    output: told(
      text('a folder'),
      'The folder for the result: new or empty, unless `overwrite` says otherwise. Neither inside an input nor around one.',
    ),
    shards: told(
      wholeNumber(recipeLimits.shards.minimum, recipeLimits.shards.maximum).default(recipeLimits.shards.default),
      'How many files the result has, at most one for each row. Their rows differ by one at most.',
    ),
    seed: told(
      seed.default(recipeDefaults.seed),
      'The seed of the shuffle, used verbatim. The same inputs and seed give the same bytes.',
    ),
    memory: told(
      byteSize(1).optional(),
      'Bytes of data held in all threads together. `MB` is 10^6, `MiB` is 2^20.',
      'half of what is free',
    ),
    workers: told(
      wholeNumber(1).optional(),
      'Worker threads. More than the CPUs that the process may use are refused.',
      'the CPUs this process may use',
    ),
    strategy: told(
      oneOf(strategies).default(recipeDefaults.strategy),
      'Where rows wait for their shard: in memory, in spill files on disk, or in the inputs, which are read several times. `auto` chooses, and says why.',
    ),
    tempDir: told(text('a folder').optional(), 'The folder for spilled rows.', 'in the output'),
    compression: told(
      oneOf(compressionCodecs).default(recipeDefaults.compression),
      'The codec of the output. Columns that gain nothing from it, such as encoded sound, are stored without.',
    ),
    rowGroupBytes: told(
      byteSize(recipeLimits.rowGroupBytes.minimum, recipeLimits.rowGroupBytes.maximum).default(
        recipeLimits.rowGroupBytes.default,
      ),
      'Bytes of Arrow data in one row group of the output.',
    ),
    profile: told(
      oneOf(writerProfiles).default(recipeDefaults.profile),
      'What the encodings of the output are chosen for: `balanced` keeps to the size of the inputs in the least time, `smallest` and `fastest` look at one of the two.',
    ),
    schema: told(
      oneOf(schemaPolicies).default(recipeDefaults.schema),
      '`widen`: collections may differ as far as no value is lost. `strict`: but for the order of columns and nullability they must be the same.',
    ),
    columns: told(columnRules.prefault({}), 'What is to become of the columns.', 'all, as agreed'),
    onBadShard: told(
      oneOf(badShardPolicies).default(recipeDefaults.onBadShard),
      '`skip` a shard that cannot be read and report it, `salvage` the row groups of it that can be read, or `fail`.',
    ),
    maxLoss: told(
      percent.default(recipeDefaults.maxLoss),
      'How much may be lost: the larger of lost shards of those expected, and lost rows of those known. Where more is lost, nothing is published.',
    ),
    verify: told(
      oneOf(verifyDepths).default(recipeDefaults.verify),
      '`full` reads every row of every written shard back, `counts` reads footers and sizes.',
    ),
    overwrite: told(
      z.boolean(mustBe('true or false')).default(false),
      'Replace the result in the output folder once the new one is verified. Files named like shards in a folder that was never a result are moved to `.riffle/set-aside-…`.',
    ),
    card: told(
      z.boolean(mustBe('true or false')).default(false),
      'Write a dataset card for the Hugging Face Hub, `README.md`, beside the shards. One that you wrote or changed is left alone.',
    ),
    stallSeconds: told(
      wholeNumber(recipeLimits.stallSeconds.minimum, recipeLimits.stallSeconds.maximum).default(
        recipeLimits.stallSeconds.default,
      ),
      'A worker in which nothing happens for so many seconds, no batch decoded, no byte read or written, has hung: its unit is tried again, then the job fails. The result does not depend on it.',
    ),
    limits: told(
      z
        .strictObject(
          {
            decodedBytes: told(
              byteSize(recipeLimits.decodedBytes.minimum, recipeLimits.decodedBytes.maximum).default(
                recipeLimits.decodedBytes.default,
              ),
              'Bytes that a file decodes to.',
            ),
            decodedRatio: told(
              z
                .number(ratioRange)
                .min(recipeLimits.decodedRatio.minimum, ratioRange)
                .max(recipeLimits.decodedRatio.maximum, ratioRange)
                .default(recipeLimits.decodedRatio.default),
              'The same as a multiple of its bytes on disk.',
            ),
          },
          mustBe('limits with decodedBytes and decodedRatio'),
        )
        .prefault({}),
      'A file that exceeds both is a decompression bomb and makes a bad shard.',
    ),
    plugins: told(
      z
        .strictObject(
          {
            readers: told(
              z.array(pluginReference, mustBe('a list of plugins')).optional(),
              'Asked before the first-party ones.',
              'Parquet',
            ),
            writer: told(pluginReference.optional(), 'Writes the shards.', 'Parquet'),
            shuffler: told(pluginReference.optional(), 'Decides where each row goes.', 'perm-v1'),
            storage: told(pluginReference.optional(), 'Through which all files are reached.', 'the local file system'),
            verifier: told(
              pluginReference.optional(),
              'Compares written shards with what they must be.',
              'the first-party one',
            ),
            layout: told(
              pluginReference.optional(),
              'Names the shards and their folders. `pattern` is one that follows a pattern, its option `pattern`.',
              '`00000`, `00001` and so on, in the output folder itself',
            ),
          },
          mustBe('plugins by role'),
        )
        .prefault({}),
      'Modules that replace or add to the parts of Riffle.',
      'the first-party ones',
    ),
  },
  mustBe('a recipe: keys such as collections, output and shards'),
);

/** A recipe as people write it: defaults may be left out, sizes may be text. */
export type RecipeInput = z.input<typeof recipeSchema>;
/** A recipe with every default filled in, sizes in bytes. */
export type Recipe = z.output<typeof recipeSchema>;
export type ColumnRules = Recipe['columns'];
export type CollectionRecipe = Recipe['collections'][number];
