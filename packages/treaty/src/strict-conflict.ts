import { sameType, typeText, fieldsBelow } from '@riffle/columnar';
import { DataType, type Field } from 'apache-arrow';
import type { CastColumn } from './agree-on-column.ts';
import type { FeatureAgreement } from './features/agree-on-features.ts';
import type { SchemaConflict } from './schema-conflict.ts';

const typeOf = (field: Field) => field.type as DataType;

/** Whether two plain types are the same but for nullability, metadata and the names of list elements. */
function alike(one: DataType, other: DataType): boolean {
  const [below, others] = [fieldsBelow(one, ''), fieldsBelow(other, '')];
  if (one.typeId !== other.typeId || below.length !== others.length) return false;
  if (below.length === 0) return sameType(one, other);
  if (DataType.isFixedSizeList(one) && DataType.isFixedSizeList(other) && one.listSize !== other.listSize) return false;
  return below.every(
    ({ field }, index) =>
      alike(typeOf(field), typeOf(others[index]!.field)) &&
      (!DataType.isStruct(one) || field.name === others[index]!.field.name),
  );
}

/** Why a column is not the same in all sources, under `schema: strict`. */
export function strictConflict(
  columns: readonly CastColumn[],
  sources: number,
  features: FeatureAgreement,
): SchemaConflict | undefined {
  const [first] = columns as readonly [CastColumn];
  const has = ({ cast }: CastColumn) => typeText(typeOf(cast));
  const path = first.cast.name;
  const lines = [{ rule: 'drop', path, effect: 'leave the column out' }] as const;
  const conflict = (other: SchemaConflict['other'], one = { source: first.source, has: has(first) }) => ({
    path,
    one,
    other,
    lines,
  });
  const different = columns.find(({ cast }) => !alike(typeOf(first.cast), typeOf(cast)));
  if (different !== undefined) return conflict({ source: different.source, has: has(different) });
  const present = new Set(columns.map(({ source }) => source));
  const without = Array.from({ length: sources }, (_, source) => source).find((source) => !present.has(source));
  if (without !== undefined) return conflict({ source: without, has: 'absent' });
  const [relabelled] = features.labels.keys();
  if (relabelled !== undefined)
    return conflict({ source: relabelled, has: 'other labels' }, { source: first.source, has: 'labels' });
  return undefined;
}
