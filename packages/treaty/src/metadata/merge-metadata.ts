import { canonicalJson } from '@riffle/core';
import type { Field } from 'apache-arrow';
import { HUGGINGFACE_KEY } from '../features/parse-features.ts';
import type { SourceSchema } from '../source-schema.ts';
import { mergePandas, PANDAS_KEY } from './pandas-metadata.ts';

/** Keys that describe the file they stood in and would be wrong in any other, and those that are made anew. */
const notMerged: ReadonlySet<string> = new Set([
  'ARROW:schema',
  HUGGINGFACE_KEY,
  PANDAS_KEY,
  // How `datasets` cut the file's pages.
  'content_defined_chunking',
]);

export interface MergedMetadata {
  readonly metadata: Map<string, string>;
  /** Sentences about keys that are left out. */
  readonly warnings: readonly string[];
}

/** JSON values are the same whatever the order of their keys: another column order lists the same things in another order. */
function sameValue(one: string, other: string | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || !one.startsWith('{') || !other.startsWith('{')) return false;
  try {
    return canonicalJson(JSON.parse(one)) === canonicalJson(JSON.parse(other));
  } catch {
    return false;
  }
}

/**
 * What of the sources' schema metadata holds for all: keys with the same value everywhere, and the pandas description as far as it does.
 * @param unchanged names of columns that every source has with the agreed type
 */
export function mergeMetadata(
  sources: readonly SourceSchema[],
  fields: readonly Field[],
  unchanged: ReadonlySet<string>,
): MergedMetadata {
  const metadata = new Map<string, string>();
  const warnings: string[] = [];
  const [first] = sources as readonly [SourceSchema];
  const leftOut = (key: string, other: SourceSchema) =>
    warnings.push(
      `The schema metadata ${JSON.stringify(key)} is left out of the result: ${first.file} and ${other.file} do not have the same.`,
    );
  const keys = new Set(sources.flatMap(({ schema }) => [...schema.metadata.keys()]));
  for (const key of keys) {
    if (notMerged.has(key)) continue;
    const own = first.schema.metadata.get(key);
    const other = sources.find(({ schema }) =>
      own === undefined ? schema.metadata.has(key) : !sameValue(own, schema.metadata.get(key)),
    );
    if (other === undefined) metadata.set(key, own!);
    else leftOut(key, other);
  }
  if (keys.has(PANDAS_KEY)) {
    const without = sources.find(({ schema }) => !schema.metadata.has(PANDAS_KEY));
    const merged =
      without ??
      mergePandas(
        sources.map(({ schema }) => schema.metadata.get(PANDAS_KEY)!),
        fields,
        unchanged,
      );
    if (typeof merged === 'string') metadata.set(PANDAS_KEY, merged);
    else
      leftOut(
        PANDAS_KEY,
        without === first
          ? sources.find(({ schema }) => schema.metadata.has(PANDAS_KEY))!
          : (merged ?? sources.at(-1)!),
      );
  }
  return { metadata, warnings };
}
