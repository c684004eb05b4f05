import { fieldsBelow, typeText } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import type { DataType } from 'apache-arrow';
import { isSpecial, type AgreedFeature } from './features/agreed-feature.ts';
import { isObject } from './features/feature.ts';
import type { FeaturedField } from './features/features-metadata.ts';

type Features = NonNullable<ColumnRules['features']>;

/** What is said of a column, by path: features where the type does not tell all, else types. */
interface Said {
  readonly cast: [string, string][];
  readonly features: [string, Features[string]][];
}

function sayBelow(agreed: AgreedFeature, type: DataType, path: string, said: Said): void {
  if (agreed.kind === 'special') {
    if (isObject(agreed.feature)) said.features.push([path, agreed.feature as Features[string]]);
    return;
  }
  const below = fieldsBelow(type, path);
  if (!isSpecial(agreed) || below.length === 0) {
    said.cast.push([path, typeText(type)]);
    return;
  }
  for (const { field, path: place } of below) {
    const own = agreed.kind === 'list' ? agreed.element : agreed.kind === 'struct' && agreed.fields.get(field.name);
    sayBelow(own || { kind: 'value' }, field.type as DataType, place, said);
  }
}

/**
 * Rules that lead to the same columns again without a question, whatever collections differ in: every column selected, with its type or feature said.
 */
export function settledRules(
  columns: readonly FeaturedField[],
  { rename, default: defaults }: ColumnRules,
): ColumnRules {
  const said: Said = { cast: [], features: [] };
  for (const { field, feature } of columns) sayBelow(feature, field.type as DataType, field.name, said);
  const { cast, features } = said;
  return {
    select: [...new Set(columns.map(({ field }) => field.name))],
    ...(rename === undefined ? {} : { rename }),
    ...(cast.length === 0 ? {} : { cast: Object.fromEntries(cast) }),
    ...(features.length === 0 ? {} : { features: Object.fromEntries(features) }),
    ...(defaults === undefined ? {} : { default: defaults }),
  };
}
