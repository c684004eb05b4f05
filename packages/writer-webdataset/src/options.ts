import type { Renames } from '@riffle/codec-webdataset';
import { parsePluginOptions, type JsonValue } from '@riffle/core';
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
  return parsePluginOptions(options, given, { name: NAME, shown: 'the WebDataset writer' });
}
