import { RiffleError, type JsonValue } from '@riffle/core';
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
  const parsed = options.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new RiffleError('PLUGIN_INVALID', `The writer of MDS cannot use its options: ${problems.join('; ')}.`, {
    plugin: NAME,
  });
}
