import { refuseTypes } from '@riffle/codec-webdataset';
import { parseType } from '@riffle/columnar';
import { RiffleError, type JsonValue } from '@riffle/core';
import { Field, type DataType } from 'apache-arrow';
import { z } from 'zod';

export const NAME = 'webdataset';

const options = z.strictObject({
  types: z
    .record(z.string(), z.string())
    .default({})
    .describe(
      'Types of columns by ending, in the words of casts: cls: int32, txt: binary, json: "struct<speaker: string>". Nested types, fractions and booleans are read from JSON.',
    ),
});

/** The options as a JSON Schema. */
export const optionsSchema = z.toJSONSchema(options, { io: 'input' }) as JsonValue;

const invalid = (message: string) =>
  new RiffleError('PLUGIN_INVALID', `The WebDataset reader cannot use its options: ${message}`, { plugin: NAME });

/** Types by ending. @throws RiffleError `PLUGIN_INVALID` that names the option. */
export function parseOptions(given: JsonValue | undefined): ReadonlyMap<string, DataType> {
  const parsed = options.safeParse(given ?? {});
  if (!parsed.success)
    throw invalid(
      `${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`).join('; ')}.`,
    );
  return new Map(
    Object.entries(parsed.data.types).map(([ending, text]) => {
      const type = parseType(text);
      if (typeof type === 'string') throw invalid(`types.${ending}: ${type}`);
      try {
        refuseTypes([new Field(ending, type, true)]);
      } catch (error) {
        throw invalid(`types.${ending}: ${(error as Error).message}`);
      }
      return [ending.toLowerCase(), type];
    }),
  );
}
