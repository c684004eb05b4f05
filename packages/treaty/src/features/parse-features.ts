import { isFeature, isObject, type Feature } from './feature.ts';

/** The schema metadata in which `datasets` keeps its features. */
export const HUGGINGFACE_KEY = 'huggingface';

/** Characters of JSON that are looked at: a ClassLabel of a million names has fewer. */
const longest = 64 * 2 ** 20;

/** What a schema's metadata says of its columns. */
export interface ParsedFeatures {
  /** By column name; empty if nothing is said. */
  readonly features: ReadonlyMap<string, Feature>;
  /** The rest of `info`, such as a description. */
  readonly info: ReadonlyMap<string, unknown>;
  /** Why what is there cannot be used, as a sentence. */
  readonly warning?: string;
}

const nothing = { features: new Map(), info: new Map() } as const;

/** Metadata comes from files: what is no description of features is told and taken for none. */
export function parseFeatures(metadata: ReadonlyMap<string, string>): ParsedFeatures {
  const text = metadata.get(HUGGINGFACE_KEY);
  if (text === undefined) return nothing;
  const unusable = (why: string) => ({
    ...nothing,
    warning: `the schema metadata "${HUGGINGFACE_KEY}" ${why}, so its columns have no Hugging Face features`,
  });
  if (text.length > longest) return unusable(`is ${text.length} characters long`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unusable('is not JSON');
  }
  const info = isObject(json) ? json['info'] : undefined;
  const { features, ...rest } = isObject(info) ? info : {};
  if (!isObject(features)) return unusable('has no features by name');
  const usable = Object.entries(features).filter((entry): entry is [string, Feature] => isFeature(entry[1]));
  return { features: new Map(usable), info: new Map(Object.entries(rest)) };
}
