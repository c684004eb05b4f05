import { Binary, DataType, Field, Int64, Struct, Utf8 } from 'apache-arrow';
import { isObject } from './feature.ts';

/** Features of media, all stored as the file's bytes and a path. */
export const mediaTypes: ReadonlySet<string> = new Set([
  'Audio',
  'Image',
  'Video',
  'Pdf',
  'Nifti',
  'Mesh',
  'BioSequence',
  'BioStructure',
]);

/** Most languages of a Translation that are laid out: more are no translation. */
const mostLanguages = 10_000;

const nullable = (name: string, type: DataType) => new Field(name, type, true);

/** The type in which `datasets` stores values of a special feature (its `pa_type`), or undefined where the type is not told by its name alone. */
export function storageType(feature: unknown): DataType | undefined {
  if (!isObject(feature)) return undefined;
  const { _type: type, languages } = feature;
  if (type === 'ClassLabel') return new Int64();
  if (mediaTypes.has(String(type))) return new Struct([nullable('bytes', new Binary()), nullable('path', new Utf8())]);
  if (type !== 'Translation' || !Array.isArray(languages) || languages.length > mostLanguages) return undefined;
  const names = languages.filter((language) => typeof language === 'string').sort();
  return new Struct(names.map((name) => nullable(name, new Utf8())));
}
