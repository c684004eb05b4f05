import { fieldsBelow } from '@riffle/columnar';
import type { DataType } from 'apache-arrow';
import { readFeature, type Feature } from './feature.ts';
import type { FeatureEntry } from './feature-entry.ts';

const typeOf = ({ field }: FeatureEntry) => field.type as DataType;
const readOf = ({ feature }: FeatureEntry) => (feature === undefined ? undefined : readFeature(feature));

/** The elements of entries that are lists. */
export function elementsOf(entries: readonly FeatureEntry[], path: string): readonly FeatureEntry[] {
  return entries.map((entry) => {
    const read = readOf(entry);
    const { field } = fieldsBelow(typeOf(entry), path)[0]!;
    return { ...entry, field, feature: read?.kind === 'list' ? read.element : undefined };
  });
}

/** By name, the fields of entries that are structs. */
export function fieldsOf(entries: readonly FeatureEntry[], path: string): ReadonlyMap<string, readonly FeatureEntry[]> {
  const below = new Map<string, FeatureEntry[]>();
  for (const entry of entries) {
    const read = readOf(entry);
    const struct = read?.kind === 'struct' ? read : undefined;
    for (const { field } of fieldsBelow(typeOf(entry), path)) {
      const own = struct?.fields.get(field.name);
      const feature = struct?.sequence === true && own !== undefined ? ([own] as Feature) : own;
      const named = below.get(field.name) ?? below.set(field.name, []).get(field.name)!;
      named.push({ ...entry, field, feature });
    }
  }
  return below;
}
