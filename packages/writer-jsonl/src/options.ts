import { parsePluginOptions, type JsonValue } from '@riffle/core';
import { z } from 'zod';

export const NAME = 'jsonl';

export const lineCodecs = ['none', 'gzip', 'zstd'] as const;
export type LineCodec = (typeof lineCodecs)[number];

const options = z.strictObject({});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

/** @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function checkOptions(given: JsonValue | undefined): void {
  parsePluginOptions(options, given, { name: NAME, shown: 'the writer of JSON lines' });
}
