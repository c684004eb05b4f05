import { canonicalJson, type JsonValue } from '@riffle/core';
import { fieldsBelow, typeWithChildren } from '@riffle/columnar';
import { DataType, Field } from 'apache-arrow';
import { featureOf, type AgreedFeature } from './agreed-feature.ts';
import { wantOlderLists } from './older-lists.ts';
import type { ParsedFeatures } from './parse-features.ts';

/** Parts of `info` that count and measure one data set, and would be wrong of another. */
const countsOfOne: ReadonlySet<string> = new Set([
  'splits',
  'download_checksums',
  'download_size',
  'post_processing_size',
  'dataset_size',
  'size_in_bytes',
]);

/** A column with what it was agreed to be. */
export interface FeaturedField {
  readonly field: Field;
  readonly feature: AgreedFeature;
}

/**
 * The value of the schema metadata `huggingface`: the features of all columns, and what else all sources say that say anything. Versions of
 * `datasets` before 4 can read it, unless it is made of what only later ones can.
 */
export function featuresMetadata(columns: readonly FeaturedField[], sources: readonly ParsedFeatures[]): string {
  const said = sources.filter(({ features }) => features.size > 0);
  const [first] = said;
  const shared = [...(first?.info ?? [])].filter(
    ([key, value]) =>
      !countsOfOne.has(key) &&
      said.every(({ info }) => info.has(key) && canonicalJson(info.get(key)) === canonicalJson(value)),
  );
  const older = wantOlderLists(said.flatMap(({ features }) => [...features.values()]));
  const features = columns.flatMap(({ field, feature }): [string, JsonValue][] => {
    const made = featureOf(field.type as DataType, feature, older);
    return made === undefined ? [] : [[field.name, made as JsonValue]];
  });
  return JSON.stringify({ info: { ...Object.fromEntries(shared), features: Object.fromEntries(features) } });
}

/** The field with all nullable but a map's parts. `datasets` believes a feature only if the column's type is exactly its own, in which all is nullable but a map's keys. */
export function nullableThroughout(field: Field): Field {
  return new Field(field.name, nullableBelow(field.type as DataType), true, field.metadata);
}

function nullableBelow(type: DataType): DataType {
  // Maps are no features.
  if (DataType.isMap(type) || fieldsBelow(type, '').length === 0) return type;
  return typeWithChildren(type, (type.children as Field[]).map(nullableThroughout));
}
