import { fieldsBelow, typeLabel } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';
import type { CastColumn } from '../agree-on-column.ts';
import type { SourceSchema } from '../source-schema.ts';

/** A field of one source, by the source's file. */
interface OwnField {
  readonly file: string;
  readonly field: Field;
}

/** Parameters may be whole definitions of coordinate systems. */
const LONGEST = 60;
const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

function notesAt(path: string, agreed: Field, all: readonly OwnField[]): string[] {
  // Nothing but nulls is nothing else either.
  const own = all.filter(({ field }) => !DataType.isNull(field.type));
  const notes: string[] = [];
  const labelled = own.find(({ field }) => typeLabel(field) !== undefined);
  if (labelled !== undefined && typeLabel(agreed) === undefined) {
    const label = typeLabel(labelled.field)!;
    const other = own.find(({ field }) => typeLabel(field) !== label);
    const otherLabel = other === undefined ? undefined : typeLabel(other.field);
    const why =
      other === undefined
        ? 'their types differ'
        : `in ${other.file} it is ${otherLabel === undefined ? 'not' : shortened(otherLabel)}`;
    notes.push(
      `Column ${path} loses its label ${shortened(label)} of ${labelled.file}, since ${why}; its values are kept.`,
    );
  }
  const belowOf = own.map(({ file, field }) => ({
    file,
    fields: new Map(fieldsBelow(field.type as DataType, path).map((below) => [below.path, below.field])),
  }));
  for (const below of fieldsBelow(agreed.type as DataType, path)) {
    const ownBelow = belowOf.flatMap(({ file, fields }) => {
      const field = fields.get(below.path);
      return field === undefined ? [] : [{ file, field }];
    });
    notes.push(...notesAt(below.path, below.field, ownBelow));
  }
  return notes;
}

/**
 * A sentence for each field, at any depth, that is a UUID, JSON or the like in some source and not in the result, because not all sources have it alike.
 * @param columns as casts want them: what a recipe takes for something else is not told
 */
export function labelNotes(
  agreed: Field,
  columns: readonly CastColumn[],
  sources: readonly SourceSchema[],
): readonly string[] {
  const own = columns.map(({ source, cast }) => ({ file: sources[source]!.file, field: cast }));
  return notesAt(agreed.name, agreed, own);
}
