import { canonicalJson } from '../publishing/canonical-json.ts';
import { PANDAS_KEY, withoutRowRanges } from './pandas-metadata.ts';

/** Keys that describe the file they stood in and would be wrong in any other. */
const keysOfOneFile = new Set(['ARROW:schema']);

/** The entries that can be true of any file. */
export function ownMetadata(metadata: ReadonlyMap<string, string>): Map<string, string> {
  const kept = [...metadata].filter(([key]) => !keysOfOneFile.has(key));
  return new Map(kept.map(([key, value]) => [key, key === PANDAS_KEY ? withoutRowRanges(value) : value]));
}

/** JSON values are the same whatever the order of their keys: another column order lists the same features in another order. */
function sameValue(one: string, other: string | undefined): boolean {
  if (one === other) return true;
  if (other === undefined || !one.startsWith('{') || !other.startsWith('{')) return false;
  try {
    return canonicalJson(JSON.parse(one)) === canonicalJson(JSON.parse(other));
  } catch {
    return false;
  }
}

/** The entries of `one` that `other` has too, and the keys of those that one has and the other has not, or not the same. */
export function mergeMetadata(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): { readonly kept: Map<string, string>; readonly dropped: readonly string[] } {
  const [left, right] = [ownMetadata(one), ownMetadata(other)];
  const kept = new Map([...left].filter(([key, value]) => sameValue(value, right.get(key))));
  const keys = new Set([...left.keys(), ...right.keys()]);
  return { kept, dropped: [...keys].filter((key) => !kept.has(key)) };
}
