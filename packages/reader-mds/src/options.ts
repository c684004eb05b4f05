import { parsePluginOptions, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'mds';

const options = z.strictObject({
  fragmentBytes: z
    .int()
    .min(1024)
    .max(2 ** 32)
    .default(2 ** 25)
    .describe('Shards are cut into fragments of about this many bytes, each of as many rows.'),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): z.infer<typeof options> {
  return parsePluginOptions(options, given, { name: NAME, shown: 'the reader of MDS' });
}
