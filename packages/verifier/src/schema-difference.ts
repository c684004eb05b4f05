import { sameType } from '@riffle/columnar';
import type { DataType, Field, Schema } from 'apache-arrow';

/** The first difference between two schemas in names, types or order as a phrase; undefined if there is none. Metadata and nullability do not count. */
export function schemaDifference(expected: Schema, found: Schema): string | undefined {
  if (expected.fields.length !== found.fields.length)
    return `${found.fields.length} columns instead of ${expected.fields.length}`;
  for (const [index, field] of expected.fields.entries()) {
    const difference = fieldDifference(field, found.fields[index]!, field.name);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function fieldDifference(expected: Field, found: Field, path: string): string | undefined {
  if (expected.name !== found.name) return `a column ${found.name} instead of ${path}`;
  return typeDifference(expected.type as DataType, found.type as DataType, path);
}

function typeDifference(expected: DataType, found: DataType, path: string): string | undefined {
  const wanted = (expected.children ?? []) as Field[];
  const there = (found.children ?? []) as Field[];
  const differs = `column ${path} is ${String(found)} instead of ${String(expected)}`;
  if (expected.typeId !== found.typeId || wanted.length !== there.length) return differs;
  if (wanted.length === 0) return sameType(expected, found) ? undefined : differs;
  for (const [index, child] of wanted.entries()) {
    const difference = typeDifference(child.type as DataType, there[index]!.type as DataType, `${path}.${child.name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
