import type { DataType, Schema } from 'apache-arrow';
import { featureOf } from './agreed-feature.ts';
import type { Feature } from './feature.ts';
import { parseFeatures } from './parse-features.ts';

/** What the columns of a schema are as Hugging Face features. */
export interface SchemaFeatures {
  /** By column, in the schema's order. */
  readonly features: ReadonlyMap<string, Feature>;
  /** Columns of types that `datasets` has no feature for. */
  readonly without: readonly string[];
}

/** The features that a schema's metadata declares, and for other columns those that their types tell. */
export function featuresOfSchema({ fields, metadata }: Schema): SchemaFeatures {
  const { features: declared } = parseFeatures(metadata);
  const features = new Map<string, Feature>();
  const without: string[] = [];
  for (const { name, type } of fields) {
    const feature = declared.get(name) ?? featureOf(type as DataType, { kind: 'value' }, false);
    if (feature === undefined) without.push(name);
    else features.set(name, feature);
  }
  return { features, without };
}
