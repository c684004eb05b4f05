import { parsePluginOptions, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'jsonl';

const options = z.strictObject({
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Types of columns by name, in the words of casts, such as int64 or list<string>. Columns without one are inferred.',
    ),
  sampleRows: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(1000)
    .describe('How many rows from the start of each file the types of columns are inferred from.'),
  unknownMembers: z
    .enum(['refuse', 'ignore'])
    .default('refuse')
    .describe('What to do with a member of an object that is no column: refuse the line, or leave the member out.'),
  maximumLineBytes: z
    .int()
    .min(1024)
    .max(2 ** 29)
    .default(2 ** 26)
    .describe('A line that is longer, in bytes of UTF-8, is bad content.'),
  fragmentBytes: z
    .int()
    .min(1024)
    .max(2 ** 40)
    .default(2 ** 25)
    .describe('Files that are not compressed are cut into fragments of about this many bytes.'),
  endings: z
    .array(z.string().regex(/^\.[^A-Z]+$/, 'must begin with a point and have no capitals'))
    .default([])
    .describe('More endings of file names that promise JSON lines, such as .json.'),
});

export type JsonlOptions = z.infer<typeof options>;

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): JsonlOptions {
  return parsePluginOptions(options, given, { name: NAME, shown: 'the reader of JSON lines' });
}
