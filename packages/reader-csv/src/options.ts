import { parsePluginOptions, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'csv';

const options = z.strictObject({
  delimiter: z
    .string()
    .length(1)
    .refine((mark) => !'"\r\n\ufeff'.includes(mark), 'must be neither a quote nor a line end')
    .optional()
    .describe('What stands between fields. Without it, a tabulator in files that end in .tsv, and a comma in others.'),
  names: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Names of the columns of files without a header. Without it, the first row of each file has them.'),
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Types of columns by name, in the words of casts, such as int64 or date32. Columns without one are inferred.',
    ),
  sampleRows: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(1000)
    .describe('How many rows from the start of each file the types of columns are inferred from.'),
  nulls: z
    .array(z.string())
    .default([''])
    .describe('Fields that mean null, in all columns, quoted or not. By default an empty field.'),
  maximumRowBytes: z
    .int()
    .min(1024)
    .max(2 ** 28)
    .default(2 ** 24)
    .describe('A row that is longer, in bytes of UTF-8, is bad content.'),
  endings: z
    .array(z.string().regex(/^\.[^A-Z]+$/, 'must begin with a point and have no capitals'))
    .default([])
    .describe('More endings of file names that promise this format, such as .txt.'),
});

export type CsvOptions = z.infer<typeof options>;

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): CsvOptions {
  return parsePluginOptions(options, given, { name: NAME, shown: 'the CSV reader' });
}
