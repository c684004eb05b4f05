import { sameType, typeText, fieldsBelow } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import { DataType, type Field } from 'apache-arrow';
import type { CastColumn } from './agree-on-column.ts';
import type { FeatureAgreement } from './features/agree-on-features.ts';
import { isAtOrBelow } from './is-at-or-below.ts';
import type { SchemaConflict } from './schema-conflict.ts';
import { storedType } from './stored-type.ts';

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

/** The first source whose labels are to be changed although no rule says so. */
function relabelledSource({ labels }: FeatureAgreement, { cast = {}, features = {} }: ColumnRules): number | undefined {
  const decided = [...Object.keys(cast), ...Object.keys(features)];
  for (const [source, paths] of labels)
    if ([...paths.keys()].some((path) => !decided.some((rule) => isAtOrBelow(path, rule)))) return source;
  return undefined;
}

/** Why a column is not the same in all sources, under `schema: strict`. What a rule says of a column is decided. */
export function strictConflict(
  columns: readonly CastColumn[],
  sources: number,
  features: FeatureAgreement,
  rules: ColumnRules,
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
  const different = columns.find(({ cast }) => !alike(storedType(typeOf(first.cast)), storedType(typeOf(cast))));
  if (different !== undefined) return conflict({ source: different.source, has: has(different) });
  const present = new Set(columns.map(({ source }) => source));
  const without = Array.from({ length: sources }, (_, source) => source).find((source) => !present.has(source));
  if (without !== undefined && !Object.hasOwn(rules.default ?? {}, path))
    return conflict({ source: without, has: 'absent' });
  const relabelled = relabelledSource(features, rules);
  if (relabelled === undefined) return undefined;
  const one = columns.find(({ source }) => source !== relabelled) ?? first;
  return conflict({ source: relabelled, has: 'other labels' }, { source: one.source, has: 'labels' });
}
