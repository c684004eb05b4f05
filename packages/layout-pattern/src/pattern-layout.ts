import { isShardPath, RiffleError, type JsonValue, type Layout, type PartitionColumn } from '@riffle/core';

const NAME = 'pattern';
const defaultPattern = '{shard}';

/** The options as a JSON Schema. */
export const optionsSchema: JsonValue = {
  type: 'object',
  additionalProperties: false,
  properties: {
    pattern: {
      type: 'string',
      default: defaultPattern,
      description:
        'Paths of the shards below the output folder without the ending: {shard} is the number of the shard, {shards} how many there are, with at least five digits; {shard:3} with at least three. Any other name in braces is a column: its values divide each shard into files, and stand there. As language={language} the files leave the column out, as in the folders of Hive.',
    },
  },
};

/** A number of shards, or a column by its name. */
const placeholder = /\{(?:(shard|shards)(?::(\d{1,2}))?|([^{}/]+))\}/g;
const usualDigits = 5;

function invalid(pattern: unknown, why: string): RiffleError {
  return new RiffleError(
    'PLUGIN_INVALID',
    `The pattern ${JSON.stringify(pattern)} for the names of shards ${why}. Give one such as train/{shard} or data/train-{shard}-of-{shards}.`,
    { plugin: NAME, pattern: pattern as JsonValue },
  );
}

function patternOf(options: JsonValue | undefined): string {
  const given = typeof options === 'object' && options !== null && !Array.isArray(options) ? options : undefined;
  const unknown = Object.keys(given ?? {}).find((key) => key !== 'pattern');
  if ((options !== undefined && options !== null && given === undefined) || unknown !== undefined)
    throw new RiffleError('PLUGIN_INVALID', 'The pattern layout has one option, pattern; remove the others.', {
      plugin: NAME,
    });
  const pattern = (given as { readonly pattern?: JsonValue } | undefined)?.pattern ?? defaultPattern;
  if (typeof pattern !== 'string') throw invalid(pattern, 'is no text');
  if (!/\{shard(?::\d{1,2})?\}/.test(pattern)) throw invalid(pattern, 'lacks {shard}, so all would have one name');
  if (/[{}]/.test(pattern.replace(placeholder, '')))
    throw invalid(pattern, 'has a brace that belongs to no {shard}, {shards} or {column}');
  if (/\{shards?:/.test(pattern.replace(/\{shards?:\d{1,2}\}/g, '')))
    throw invalid(pattern, 'has no number of digits after a colon, from 0 to 99');
  // Else different values could give one name.
  if (pattern.split('/').some((name) => columnsIn(name).length > 1) || /\}\{/.test(pattern))
    throw invalid(pattern, 'has two braces side by side, or two columns in one name; put a / between them');
  const example = pathBy(pattern, 0, 1, new Map(columnsOf(pattern).map(({ column }) => [column, 'a'])));
  if (!isShardPath(example))
    throw invalid(
      pattern,
      `gives paths such as ${JSON.stringify(example)}, which can be none: names between / of letters, digits and . _ - = + %, beginning with a letter, a digit, _ or %`,
    );
  return pattern;
}

function pathBy(pattern: string, shard: number, shards: number, values: ReadonlyMap<string, string>): string {
  return pattern.replace(placeholder, (_, which: string | undefined, digits: string | undefined, column: string) =>
    which === undefined
      ? (values.get(column) ?? '')
      : String(which === 'shard' ? shard : shards).padStart(digits === undefined ? usualDigits : Number(digits), '0'),
  );
}

function columnsIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].flatMap(([, , , column]) => column ?? []);
}

/** The columns of a pattern. What readers of Hive's folders give back, `column={column}` as a folder's name, the files need not have. */
function columnsOf(pattern: string): readonly PartitionColumn[] {
  const folders = pattern.split('/').slice(0, -1);
  const columns = new Set(columnsIn(pattern));
  return [...columns].map((column) => ({ column, kept: !folders.includes(`${column}={${column}}`) }));
}

/**
 * A layout that names shards by a pattern: `train/{shard}`, or `data/train-{shard}-of-{shards}`, which Hugging Face `datasets` takes for the split `train`. Columns in
 * it divide the shards: `language={language}/{shard}` makes the folders that Hive, Spark, Arrow, DuckDB and Polars read, `{split}/{shard}` those of splits.
 *
 * @throws RiffleError `PLUGIN_INVALID` for a pattern that gives no paths of shards.
 */
export function createPatternLayout(options?: JsonValue): Layout {
  const pattern = patternOf(options);
  const partitionBy = columnsOf(pattern);
  return {
    specificationVersion: 'v1',
    role: 'layout',
    name: NAME,
    ...(partitionBy.length === 0 ? {} : { partitionBy }),
    pathOf: (shard, shards, values = []) =>
      pathBy(pattern, shard, shards, new Map(partitionBy.map(({ column }, index) => [column, values[index] ?? '']))),
  };
}
