import { DataType, type Dictionary, type Field, type Schema } from 'apache-arrow';

/** The values of a dictionary, as a column of the name of the first column that has it. */
type DictionaryColumn = Pick<Field, 'name' | 'type'>;

const known = new WeakMap<Schema, ReadonlyMap<number, DictionaryColumn>>();

/** The types of the dictionaries of a schema by their numbers. */
export function dictionaryColumns(schema: Schema): ReadonlyMap<number, DictionaryColumn> {
  const found = known.get(schema) ?? collect(schema.fields, '', new Map());
  known.set(schema, found);
  return found;
}

function collect(fields: readonly Field[], above: string, found: Map<number, DictionaryColumn>) {
  for (const { name, type } of fields) collectType(type as DataType, above === '' ? name : `${above}.${name}`, found);
  return found;
}

function collectType(type: DataType, column: string, found: Map<number, DictionaryColumn>): void {
  if (!DataType.isDictionary(type)) {
    collect((type.children ?? []) as Field[], column, found);
    return;
  }
  const { id, dictionary } = type as Dictionary;
  if (!found.has(id)) found.set(id, { name: column, type: dictionary as DataType });
  collectType(dictionary as DataType, column, found);
}
