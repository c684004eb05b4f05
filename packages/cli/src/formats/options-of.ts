import type { JsonValue } from '@riffle/core';

/** One option of a plugin, as people read it. */
export interface PluginOption {
  readonly name: string;
  /** What it may be, in a few words. */
  readonly values: string;
  /** As JSON; absent where there is none. */
  readonly default?: string;
  /** A sentence or two. */
  readonly description: string;
}

type Schema = Readonly<Record<string, JsonValue | undefined>>;

const isObject = (value: JsonValue | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  null: 'null',
};

/** Of schemas that are written by libraries and by hand; what is not understood is called a value. */
function valuesOf(schema: Schema): string {
  const { enum: choices, anyOf, type, items, minimum, maximum } = schema;
  if (Array.isArray(choices)) return choices.map(String).join(', ');
  if (Array.isArray(anyOf)) return anyOf.map((one) => (isObject(one) ? valuesOf(one) : 'a value')).join(' or ');
  if (type === 'array') return `a list: ${isObject(items) ? valuesOf(items) : 'values'}`;
  if (type === 'object' && isObject(schema['additionalProperties']))
    return `by name: ${valuesOf(schema['additionalProperties'])}`;
  const word = (typeof type === 'string' ? words[type] : undefined) ?? 'a value';
  const from = typeof minimum === 'number' ? ` from ${minimum}` : '';
  const to = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '';
  return `${word}${from}${to}`;
}

/** The options that a JSON Schema has, in its order; none for anything that is no schema of an object. */
export function optionsOf(schema: JsonValue | undefined): readonly PluginOption[] {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, property]) => {
    const own = isObject(property) ? property : {};
    const { description, default: value } = own;
    return {
      name,
      values: valuesOf(own),
      ...(value === undefined ? {} : { default: JSON.stringify(value) }),
      description: typeof description === 'string' ? description : '',
    };
  });
}
