import { givenTypes } from '@riffle/codec-text';
import { parsePluginOptions, type JsonValue } from '@riffle/core';
import type { DataType } from 'apache-arrow';
import { z } from 'zod';

export const NAME = 'webdataset';

const options = z.strictObject({
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Types of columns by ending, in the words of casts: cls: int32, txt: binary, json: "struct<speaker: string>". What is neither bytes nor text nor a whole number is read from JSON.',
    ),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** Types by ending. @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): ReadonlyMap<string, DataType> {
  const parsed = parsePluginOptions(options, given, { name: NAME, shown: 'the WebDataset reader' });
  const types = givenTypes(NAME, parsed.types);
  return new Map([...types].map(([ending, { type }]) => [ending.toLowerCase(), type as DataType]));
}
