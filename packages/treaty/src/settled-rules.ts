import { typeText } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import type { DataType, Field } from 'apache-arrow';
import type { Feature } from './features/feature.ts';

/**
 * Rules that lead to the same columns again without a question, whatever collections differ in: the given ones, with every column selected and its type
 * and feature said.
 */
export function settledRules(
  columns: readonly { readonly field: Field; readonly feature: Feature | undefined }[],
  { rename, default: defaults }: ColumnRules,
): ColumnRules {
  const features = columns.flatMap(({ field, feature }) => (isObject(feature) ? [[field.name, feature] as const] : []));
  return {
    select: [...new Set(columns.map(({ field }) => field.name))],
    ...(rename === undefined ? {} : { rename }),
    cast: Object.fromEntries(columns.map(({ field }) => [field.name, typeText(field.type as DataType)])),
    ...(features.length === 0 ? {} : { features: Object.fromEntries(features) }),
    ...(defaults === undefined ? {} : { default: defaults }),
  } as ColumnRules;
}

/** A rule can only say features that are one object with its `_type`; a struct's are told by its type alone. */
function isObject(feature: Feature | undefined): feature is Extract<Feature, { readonly [key: string]: unknown }> {
  return feature !== undefined && !Array.isArray(feature) && typeof (feature as { _type?: unknown })._type === 'string';
}
