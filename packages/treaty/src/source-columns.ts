import { RecipeInvalidError, type ColumnRules } from '@riffle/core';
import { plainField } from '@riffle/columnar';
import { Field, type DataType } from 'apache-arrow';
import type { ParsedFeatures } from './features/parse-features.ts';
import type { SourceColumn, SourceSchema } from './source-schema.ts';

/** A schema with what its metadata says of its columns, by their names in the file. */
export type ReadSource = SourceSchema & ParsedFeatures;

/** The name that a column has in the job. A collection's own rule goes before the one for all. */
export function renamed(name: string, collection: string, rename: ColumnRules['rename'] = {}): string {
  for (const key of [collection, '*']) {
    const names = Object.hasOwn(rename, key) ? rename[key]! : {};
    if (Object.hasOwn(names, name)) return names[name]!;
  }
  return name;
}

/** Columns that bear one name already are paired by their order; those that a rule would give one are a slip. */
function refuseOneNameForTwo({ schema, collection, file }: ReadSource, rename: ColumnRules['rename']): void {
  const names = new Map<string, string>();
  for (const { name } of schema.fields) {
    const given = renamed(name, collection, rename);
    const other = names.get(given) ?? name;
    names.set(given, other);
    if (other === name) continue;
    const message = `must not give one name to two columns: ${other} and ${name} of ${file} would both be ${given}`;
    throw new RecipeInvalidError([{ place: 'columns.rename', message }]);
  }
}

/** The columns of a source that the rules leave, under their names in the job. */
export function sourceColumns(source: ReadSource, number: number, rules: ColumnRules): readonly SourceColumn[] {
  const { select, drop = [], rename }: ColumnRules = source.settled === true ? {} : rules;
  const dropped = new Set(drop);
  const selected = select === undefined ? undefined : new Set(select);
  refuseOneNameForTwo(source, rename);
  return source.schema.fields.flatMap((field, index) => {
    const name = renamed(field.name, source.collection, rename);
    if (dropped.has(name) || selected?.has(name) === false) return [];
    const plain = plainField(field);
    return [
      {
        source: number,
        index,
        field: new Field(name, plain.type as DataType, plain.nullable, plain.metadata),
        feature: source.features.get(field.name),
      },
    ];
  });
}
