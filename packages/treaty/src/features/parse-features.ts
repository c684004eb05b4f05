import { isDeeper } from '../metadata/json-depth.ts';
import { isFeature, isObject, type Feature } from './feature.ts';

/** The schema metadata in which `datasets` keeps its features. */
export const HUGGINGFACE_KEY = 'huggingface';

/** Characters of JSON that are looked at: a ClassLabel of a million names has fewer. */
const longest = 64 * 2 ** 20;

/** Characters of a column's name that a sentence shows. */
const longestName = 60;

/** What a schema's metadata says of its columns. */
export interface ParsedFeatures {
  /** By column name; empty if nothing is said. */
  readonly features: ReadonlyMap<string, Feature>;
  /** The rest of `info`, such as a description. */
  readonly info: ReadonlyMap<string, unknown>;
  /** Why what is there, or some of it, cannot be used: a sentence without its first capital and full stop. */
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
  if (isDeeper(json)) return unusable('is nested too deep');
  const info = isObject(json) ? json['info'] : undefined;
  const { features, ...rest } = isObject(info) ? info : {};
  if (!isObject(features)) return unusable('has no features by name');
  const said = Object.entries(features);
  const usable = said.filter((entry): entry is [string, Feature] => isFeature(entry[1]));
  const [without] = said.filter(([, feature]) => !isFeature(feature));
  const warning = `the schema metadata "${HUGGINGFACE_KEY}" says of ${JSON.stringify(without?.[0].slice(0, longestName))} what is no feature`;
  return {
    features: new Map(usable),
    info: new Map(Object.entries(rest)),
    ...(without === undefined ? {} : { warning }),
  };
}
