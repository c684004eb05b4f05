import { parsePluginOptions, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'mds';

const options = z.strictObject({
  json: z
    .array(z.string())
    .default([])
    .describe(
      'Names of columns that are written as JSON, which can hold null, and bytes as base64. Of a struct with bytes in it also single fields: audio.path.',
    ),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): z.infer<typeof options> {
  return parsePluginOptions(options, given, { name: NAME, shown: 'the writer of MDS' });
}
