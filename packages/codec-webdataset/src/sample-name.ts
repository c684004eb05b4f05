/** How WebDataset divides a name: the key ends at the first dot of the base name. Source: `webdataset` 1.0.2, `base_plus_ext` (BSD-3-Clause). */
export interface SampleName {
  readonly key: string;
  /** Lower case, without the dot: `wav`, `seg.png`. */
  readonly ending: string;
}

const pattern = /^((?:[^\n]*\/)?[^.]+)\.([^/]*)$/;

/** Undefined for names that WebDataset passes over: without an ending, or metadata such as `__index__`. */
export function splitName(name: string): SampleName | undefined {
  if (isMetadata(name)) return undefined;
  const found = pattern.exec(name);
  return found === null ? undefined : { key: found[1]!, ending: found[2]!.toLowerCase() };
}

const isMetadata = (name: string) => /^__[^/]*__(?:$|\/)/.test(name);

/** Whether a text can be the key of a sample that comes back as the same text. */
export function isKey(text: string): boolean {
  if (/\p{Cc}/u.test(text) || /\p{Surrogate}/u.test(text)) return false;
  return splitName(`${text}.x`)?.key === text;
}
