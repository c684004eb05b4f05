import type { JsonValue } from '@riffle/core';

export type JsonObject = { readonly [key: string]: JsonValue };

/**
 * A Hugging Face feature as `datasets` writes it into the schema metadata `huggingface`: an object with `_type`, an object of features
 * by name (a struct), or a list of one feature (a list, as older versions write it).
 */
export type Feature = JsonObject | readonly JsonValue[];

/** A feature as far as its kind tells how to go on with it. */
export type ReadFeature =
  /** Values that Arrow's type describes well enough. */
  | { readonly kind: 'value' }
  /** Elements, and how the feature spells that it is a list: datasets 3 says `Sequence`, datasets 4 and later `List`. */
  | { readonly kind: 'list'; readonly spelling: string; readonly element: Feature | undefined }
  /** `sequence`: a list of structs that is stored as a struct of lists. */
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, Feature>; readonly sequence: boolean }
  /** What a type alone does not tell. */
  | { readonly kind: 'special'; readonly type: string; readonly feature: JsonObject };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isFeature(value: unknown): value is Feature {
  return isObject(value) || (Array.isArray(value) && value.length === 1);
}

function featuresBelow(value: JsonObject): ReadonlyMap<string, Feature> {
  return new Map(Object.entries(value).filter((entry): entry is [string, Feature] => isFeature(entry[1])));
}

/** Sorts a feature into its kind. Never fails: what is not understood is a special one. */
export function readFeature(feature: Feature): ReadFeature {
  if (!isObject(feature))
    return { kind: 'list', spelling: '', element: isFeature(feature[0]) ? feature[0] : undefined };
  const { _type: type, feature: element } = feature;
  if (typeof type !== 'string') return { kind: 'struct', fields: featuresBelow(feature), sequence: false };
  if (type === 'Value') return { kind: 'value' };
  if (type === 'Sequence' && isObject(element) && typeof element['_type'] !== 'string')
    return { kind: 'struct', fields: featuresBelow(element), sequence: true };
  if (type === 'List' || type === 'Sequence' || type === 'LargeList')
    return { kind: 'list', spelling: type, element: isFeature(element) ? element : undefined };
  return { kind: 'special', type, feature };
}
