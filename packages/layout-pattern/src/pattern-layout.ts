import { isShardPath, RiffleError, type JsonValue, type Layout } from '@riffle/core';

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
        'Paths of the shards below the output folder without the ending: {shard} is the number of the shard, {shards} how many there are, with at least five digits; {shard:3} with at least three.',
    },
  },
};

const placeholder = /\{(shard|shards)(?::(\d{1,2}))?\}/g;
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
    throw invalid(pattern, 'has a brace that belongs to neither {shard} nor {shards}');
  const example = pathBy(pattern, 0, 1);
  if (!isShardPath(example))
    throw invalid(
      pattern,
      `gives paths such as ${JSON.stringify(example)}, which can be none: names between / of letters, digits and . _ - = +, beginning with a letter, a digit or _`,
    );
  return pattern;
}

function pathBy(pattern: string, shard: number, shards: number): string {
  return pattern.replace(placeholder, (_, which: string, digits?: string) =>
    String(which === 'shard' ? shard : shards).padStart(digits === undefined ? usualDigits : Number(digits), '0'),
  );
}

/**
 * A layout that names shards by a pattern: `train/{shard}`, or `data/train-{shard}-of-{shards}`, which Hugging Face `datasets` takes for the split `train`.
 *
 * @throws RiffleError `PLUGIN_INVALID` for a pattern that gives no paths of shards.
 */
export function createPatternLayout(options?: JsonValue): Layout {
  const pattern = patternOf(options);
  return {
    specificationVersion: 'v1',
    role: 'layout',
    name: NAME,
    pathOf: (shard, shards) => pathBy(pattern, shard, shards),
  };
}
