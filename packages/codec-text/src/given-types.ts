import { RiffleError } from '@riffle/core';
import { parseType } from '@riffle/columnar';
import { Field, Schema } from 'apache-arrow';

/**
 * Columns from the words of a recipe, such as `{ id: 'int64' }`.
 * @throws RiffleError `PLUGIN_INVALID` if a word is no type.
 */
export function givenTypes(plugin: string, types: Readonly<Record<string, string>>): ReadonlyMap<string, Field> {
  return new Map(
    Object.entries(types).map(([name, text]) => {
      const type = parseType(text);
      if (typeof type === 'string')
        throw new RiffleError('PLUGIN_INVALID', `The option types of ${plugin}, column ${name}: ${text}: ${type}.`, {
          plugin,
        });
      return [name, new Field(name, type, true)];
    }),
  );
}

/** The columns of a sample, with those whose types were given in place of what was inferred; given ones that it lacks come last. */
export function withGivenTypes(inferred: Schema, given: ReadonlyMap<string, Field>): Schema {
  const names = new Set(inferred.names as string[]);
  return new Schema([
    ...inferred.fields.map((field) => given.get(field.name) ?? field),
    ...[...given.values()].filter(({ name }) => !names.has(name)),
  ]);
}
