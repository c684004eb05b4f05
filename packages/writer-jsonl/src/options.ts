import { RiffleError, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'jsonl';

const codecs = ['none', 'gzip', 'zstd'] as const;
export type LineCodec = (typeof codecs)[number];

const options = z.strictObject({
  compression: z
    .enum(codecs)
    .default('none')
    .describe(
      'How shards are compressed, which their ending tells: none (.jsonl), gzip (.jsonl.gz) or zstd (.jsonl.zst). The compression of the recipe must be the same.',
    ),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): z.infer<typeof options> {
  const parsed = options.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new RiffleError('PLUGIN_INVALID', `The writer of JSON lines cannot use its options: ${problems.join('; ')}.`, {
    plugin: NAME,
  });
}
