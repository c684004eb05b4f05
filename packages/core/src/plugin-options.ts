import { RiffleError } from './errors.ts';
import type { JsonValue } from './plugin.ts';

/** A schema of zod, or what judges in the same way. */
export interface OptionsSchema<Options> {
  safeParse(value: unknown):
    | { readonly success: true; readonly data: Options }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/**
 * The options that a plugin was given, judged by its own schema. None stand for an empty object.
 *
 * @param plugin its name, and what messages call it: `the CSV reader`.
 * @throws RiffleError `PLUGIN_INVALID` that names each option that cannot be used.
 */
export function parsePluginOptions<Options>(
  schema: OptionsSchema<Options>,
  given: JsonValue | undefined,
  plugin: { readonly name: string; readonly shown: string },
): Options {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'options'}: ${message}`,
  );
  const { shown, name } = plugin;
  throw new RiffleError(
    'PLUGIN_INVALID',
    `${shown[0]!.toUpperCase()}${shown.slice(1)} cannot use its options: ${problems.join('; ')}.`,
    { plugin: name },
  );
}
