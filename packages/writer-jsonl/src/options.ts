import { RiffleError, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'jsonl';

export const lineCodecs = ['none', 'gzip', 'zstd'] as const;
export type LineCodec = (typeof lineCodecs)[number];

const options = z.strictObject({});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function checkOptions(given: JsonValue | undefined): void {
  const parsed = options.safeParse(given ?? {});
  if (parsed.success) return;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new RiffleError('PLUGIN_INVALID', `The writer of JSON lines cannot use its options: ${problems.join('; ')}.`, {
    plugin: NAME,
  });
}
