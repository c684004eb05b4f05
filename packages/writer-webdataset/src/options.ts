import type { Renames } from '@riffle/codec-webdataset';
import { RiffleError, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'webdataset';

const options = z.strictObject({
  members: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Columns that become members of their own, by path: audio.bytes: wav, text: txt. They are bytes, text or whole numbers.',
    ),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): { readonly members: Renames } {
  const parsed = options.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new RiffleError('PLUGIN_INVALID', `The WebDataset writer cannot use its options: ${problems.join('; ')}.`, {
    plugin: NAME,
  });
}
