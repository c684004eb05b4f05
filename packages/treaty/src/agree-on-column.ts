import { agreeOnFields, fieldsBelow } from '@riffle/columnar';
import { DataType, Field } from 'apache-arrow';
import type { SourceColumn } from './source-schema.ts';
import type { SchemaConflict } from './schema-conflict.ts';
import { typeConflict } from './type-conflict.ts';

/** A source's column with the types that casts and features want. */
export interface CastColumn extends SourceColumn {
  readonly cast: Field;
}

/** The field at a path that starts at `from`, or undefined if it has none there. */
function fieldAt(field: Field, from: string, path: string): Field | undefined {
  if (from === path) return field;
  if (!path.startsWith(from)) return undefined;
  for (const below of fieldsBelow(field.type as DataType, from)) {
    const found = fieldAt(below.field, below.path, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The least field that all sources widen to, or where they disagree.
 * @param columns at least one
 */
export function agreeOnColumn(columns: readonly CastColumn[]): Field | SchemaConflict {
  const [first, ...others] = columns as readonly [CastColumn, ...CastColumn[]];
  let agreed = first.cast;
  for (const column of others) {
    const next = agreeOnFields(agreed, column.cast);
    if (next instanceof Field) {
      agreed = next;
      continue;
    }
    const path = next.column;
    const all = columns.map(({ cast }) => fieldAt(cast, cast.name, path));
    const other = all[columns.indexOf(column)];
    // The agreed type may be nobody's own: name the first source that itself differs from this one.
    const earlier = columns.slice(0, columns.indexOf(column));
    const cause = earlier.find(({ cast }) => !(agreeOnFields(cast, column.cast) instanceof Field)) ?? first;
    const one = fieldAt(cause.cast, cause.cast.name, path);
    return typeConflict(
      first.cast.name,
      path,
      { source: cause.source, type: (one?.type as DataType | undefined) ?? next.one },
      { source: column.source, type: (other?.type as DataType | undefined) ?? next.other },
      all.flatMap((field) => (field === undefined ? [] : [field.type as DataType])),
    );
  }
  return agreed;
}
