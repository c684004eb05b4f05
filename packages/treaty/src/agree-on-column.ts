import { agreeOnFields, fieldsBelow } from '@riffle/columnar';
import { Field, Null, type DataType } from 'apache-arrow';
import { castField } from './cast-field.ts';
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

/** Conflicts of one column that are told one by one; more are told once these are decided. */
const mostConflicts = 100;

/**
 * The least field that all sources widen to, or every place where they disagree.
 * @param columns at least one
 */
export function agreeOnColumn(columns: readonly CastColumn[]): Field | readonly SchemaConflict[] {
  const conflicts: SchemaConflict[] = [];
  let left = columns;
  while (conflicts.length < mostConflicts) {
    const agreed = firstDisagreement(left);
    if (agreed instanceof Field) return conflicts.length === 0 ? agreed : conflicts;
    conflicts.push(agreed);
    // Any type agrees with null, so that the places behind this one come to light.
    const undecided = new Map([[agreed.path, new Null()]]);
    left = left.map((column) => ({
      ...column,
      cast: castField(column.cast, column.cast.name, undecided, new Set()),
    }));
  }
  return conflicts;
}

function firstDisagreement(columns: readonly CastColumn[]): Field | SchemaConflict {
  const [first, ...others] = columns as readonly [CastColumn, ...CastColumn[]];
  let agreed = first.cast;
  for (const column of others) {
    const next = agreeOnFields(agreed, column.cast);
    if (next instanceof Field) {
      agreed = next;
      continue;
    }
    const path = next.column;
    const all = columns.flatMap(({ source, cast }) => {
      const field = fieldAt(cast, cast.name, path);
      return field === undefined ? [] : [{ source, type: field.type as DataType }];
    });
    // The agreed type may be nobody's own: begin with the first source that itself differs from this one.
    const other = all.find(({ source }) => source === column.source) ?? { source: column.source, type: next.other };
    const earlier = columns.slice(0, columns.indexOf(column));
    const cause = earlier.find(({ cast }) => !(agreeOnFields(cast, column.cast) instanceof Field)) ?? first;
    const one = all.find(({ source }) => source === cause.source) ?? { source: cause.source, type: next.one };
    return typeConflict(first.cast.name, path, one, other, all);
  }
  return agreed;
}
