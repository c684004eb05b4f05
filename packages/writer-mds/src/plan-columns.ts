import { formOf, isSplit, jsonForm, splitName, type Form } from '@riffle/codec-mds';
import { findUnspelled } from '@riffle/codec-text';
import { typeText } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import type { DataType, Field, Schema } from 'apache-arrow';
import { NAME } from './options.ts';

/** A column of MDS. */
export interface ColumnPlan {
  readonly name: string;
  /** Where its values are: indexes of children, from the row down through structs. */
  readonly path: readonly number[];
  readonly form: Form;
}

const refuse = (column: string, reason: string) => new RiffleError('UNSUPPORTED_CONTENT', reason, { column });

function planField(field: Field, name: string, path: readonly number[], json: ReadonlySet<string>): ColumnPlan[] {
  const type = field.type as DataType;
  if (json.has(name)) return [{ name, path, form: jsonForm }];
  if (isSplit(type))
    return (type.children as Field[]).flatMap((child, index) =>
      planField(child, splitName(name, child.name), [...path, index], json),
    );
  const form = formOf(type);
  if (form === undefined)
    throw refuse(
      name,
      `Column ${name} is ${typeText(type)}: MDS has nothing for bytes in lists. Leave the column out, or name it in the option json of the writer, which makes JSON of it with the bytes as base64.`,
    );
  return [{ name, path, form }];
}

/** As Python sorts texts: by code points, whose order that of UTF-8 is. */
const byName = (one: ColumnPlan, other: ColumnPlan) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));

/**
 * The columns of every shard, in the order in which MDS has them: by name. They follow from schema and options alone.
 *
 * @param json Names of columns that are to be JSON.
 * @throws RiffleError `UNSUPPORTED_CONTENT` that names a column which cannot be written and what to do; `PLUGIN_INVALID` for a name in `json` that is no column.
 */
export function planColumns(schema: Schema, json: readonly string[]): readonly ColumnPlan[] {
  const unspelled = findUnspelled(schema);
  if (unspelled !== undefined) throw refuse(unspelled.column, unspelled.reason);
  const columns = schema.fields.flatMap((field, index) => planField(field, field.name, [index], new Set(json)));
  if (columns.length === 0)
    throw new RiffleError('UNSUPPORTED_CONTENT', 'There are no columns, and MDS has no rows without.');
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name))
      throw refuse(name, `Two columns would be called ${name}, one of them a field of a struct. Rename one.`);
    names.add(name);
  }
  const unknown = json.find((name) => !names.has(name));
  if (unknown !== undefined)
    throw new RiffleError(
      'PLUGIN_INVALID',
      `The option json of the writer of MDS names ${unknown}, and no column is called so. There are ${[...names].join(', ')}.`,
      { plugin: NAME },
    );
  return columns.toSorted(byName);
}
