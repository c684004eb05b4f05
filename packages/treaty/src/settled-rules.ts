import { typeText } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import type { DataType } from 'apache-arrow';
import { isSpecial, type AgreedFeature } from './features/agreed-feature.ts';
import { isObject } from './features/feature.ts';
import type { FeaturedField } from './features/features-metadata.ts';

type Features = NonNullable<ColumnRules['features']>;

/** The features that a type does not tell, by path. */
function featuresBelow(agreed: AgreedFeature, path: string): [string, Features[string]][] {
  switch (agreed.kind) {
    case 'value':
      return [];
    case 'special':
      return isObject(agreed.feature) ? [[path, agreed.feature as Features[string]]] : [];
    case 'list':
      return featuresBelow(agreed.element, `${path}[]`);
    case 'struct':
      return [...agreed.fields].flatMap(([name, field]) => featuresBelow(field, `${path}.${name}`));
  }
}

/**
 * Rules that lead to the same columns again without a question, whatever collections differ in: every column selected, with its type or feature said.
 */
export function settledRules(
  columns: readonly FeaturedField[],
  { rename, default: defaults }: ColumnRules,
): ColumnRules {
  const features = columns.flatMap(({ field, feature }) => featuresBelow(feature, field.name));
  const cast = columns
    .filter(({ feature }) => !isSpecial(feature))
    .map(({ field }) => [field.name, typeText(field.type as DataType)]);
  return {
    select: [...new Set(columns.map(({ field }) => field.name))],
    ...(rename === undefined ? {} : { rename }),
    ...(cast.length === 0 ? {} : { cast: Object.fromEntries(cast) as Record<string, string> }),
    ...(features.length === 0 ? {} : { features: Object.fromEntries(features) }),
    ...(defaults === undefined ? {} : { default: defaults }),
  };
}
