import { fieldsBelow, parseType, type Conversion } from '@riffle/columnar';
import { canonicalJson, type ColumnRules, type JsonValue } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { SchemaConflict } from '../schema-conflict.ts';
import type { SourceColumn } from '../source-schema.ts';
import { agreeOnLabels, followLabels, namesOfLabels } from './agree-on-labels.ts';
import { agreeOnMedia } from './agree-on-media.ts';
import type { AgreedFeature } from './agreed-feature.ts';
import { describeFeature } from './describe-feature.ts';
import { isObject, readFeature, type Feature, type ReadFeature } from './feature.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { mediaTypes, storageType } from './storage-type.ts';

/** What the features of one column come to. */
export interface FeatureAgreement {
  readonly feature: AgreedFeature;
  /** By path: the type that the feature wants its values stored as. */
  readonly types: ReadonlyMap<string, DataType>;
  /** By source and path: how its labels become those of the agreed feature, where that is more than a change of width. */
  readonly labels: ReadonlyMap<number, ReadonlyMap<string, Conversion>>;
  readonly conflicts: readonly SchemaConflict[];
  /** Sentences for the report: what was renumbered or united. */
  readonly notes: readonly string[];
}

const value: AgreedFeature = { kind: 'value' };
const typeOf = ({ field }: FeatureEntry) => field.type as DataType;

/** What a column is after all: its feature and the types that this asks for. `collections` are those of the sources by number. */
export function agreeOnFeatures(
  name: string,
  columns: readonly SourceColumn[],
  rules: ColumnRules,
  collections: readonly string[],
): FeatureAgreement {
  const findings: FeatureFindings = {
    column: name,
    rules,
    types: new Map(),
    labels: new Map(),
    conflicts: [],
    notes: [],
  };
  const entries = columns.map(({ source, field, feature }) => ({
    source,
    collection: collections[source]!,
    field,
    feature,
  }));
  const feature = agreeAt(entries, name, findings);
  return { ...findings, feature, notes: [...new Set(findings.notes)] };
}

function agreeAt(entries: readonly FeatureEntry[], path: string, findings: FeatureFindings): AgreedFeature {
  const { features = {}, cast = {} } = findings.rules;
  if (Object.hasOwn(features, path)) return follow(features[path] as Feature, entries, path, findings);
  if (Object.hasOwn(cast, path)) {
    const type = parseType(cast[path]!);
    if (DataType.isUtf8(type as DataType) || DataType.isLargeUtf8(type as DataType))
      namesOfLabels(entries, path, findings);
    return value;
  }
  const read = entries.map(({ feature }) => (feature === undefined ? undefined : readFeature(feature)));
  const special = read.filter((feature) => feature?.kind === 'special');
  if (special.some(({ type }) => type === 'ClassLabel')) return agreeOnLabels(entries, path, findings);
  if (special.some(({ type }) => mediaTypes.has(type))) return agreeOnMedia(entries, path, findings);
  if (special.length > 0) return agreeOnOthers(entries, special, path, findings);
  if (entries.every((entry) => isList(typeOf(entry)))) return agreeOnElements(entries, read, path, findings);
  if (entries.every((entry) => DataType.isStruct(typeOf(entry)))) return agreeOnStruct(entries, read, path, findings);
  return value;
}

function isList(type: DataType): boolean {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
}

/** A feature that the recipe says: sources follow it, whatever they say. */
function follow(
  feature: Feature,
  entries: readonly FeatureEntry[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const type = storageType(feature);
  if (type !== undefined) findings.types.set(path, type);
  followLabels(feature, entries, path, findings);
  return readFeature(feature).kind === 'special' ? { kind: 'special', feature } : value;
}

/** Features of which no more is known than that they must be the same; translations may be of more languages. */
function agreeOnOthers(
  entries: readonly FeatureEntry[],
  special: readonly Extract<ReadFeature, { readonly kind: 'special' }>[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const [first] = special as readonly [(typeof special)[number]];
  const one = entries.find(({ feature }) => feature === first.feature)!;
  if (special.every(({ type }) => type === first.type && type.startsWith('Translation'))) {
    const united = uniteLanguages(special.map(({ feature }) => feature));
    const type = storageType(united);
    if (type !== undefined) findings.types.set(path, type);
    return { kind: 'special', feature: united };
  }
  const other = entries.find(
    ({ feature }) => feature !== undefined && canonicalJson(feature) !== canonicalJson(first.feature),
  );
  if (other !== undefined) {
    const sides = [one, other].map(({ source, feature }) => ({ source, has: describeFeature(feature!) }));
    findings.conflicts.push({
      path,
      one: sides[0]!,
      other: sides[1]!,
      lines: [
        ...[one, other]
          .filter(({ feature }) => isObject(feature) && typeof feature['_type'] === 'string')
          .map(({ feature }) => ({
            rule: 'features' as const,
            path,
            value: feature as JsonValue,
            effect: `take all for ${describeFeature(feature!)}; their types must be the same`,
          })),
        { rule: 'drop', path: findings.column, effect: 'leave the column out' },
      ],
    });
  }
  return { kind: 'special', feature: first.feature };
}

function uniteLanguages(features: readonly { readonly [key: string]: JsonValue }[]): Feature {
  const languages = [
    ...new Set(
      features.flatMap((feature) => (Array.isArray(feature['languages']) ? (feature['languages'] as JsonValue[]) : [])),
    ),
  ];
  const count = features[0]!['num_languages'] === undefined ? {} : { num_languages: languages.length };
  return { ...features[0]!, languages, ...count };
}

function agreeOnElements(
  entries: readonly FeatureEntry[],
  read: readonly (ReadFeature | undefined)[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const lists = read.map((feature) => (feature?.kind === 'list' ? feature : undefined));
  const elements = entries.map((entry, index) => {
    const { field } = fieldsBelow(typeOf(entry), path)[0]!;
    return { ...entry, field, feature: lists[index]?.element };
  });
  return { kind: 'list', element: agreeAt(elements, `${path}[]`, findings) };
}

function agreeOnStruct(
  entries: readonly FeatureEntry[],
  read: readonly (ReadFeature | undefined)[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const structs = read.map((feature) => (feature?.kind === 'struct' ? feature : undefined));
  const below = new Map<string, FeatureEntry[]>();
  for (const [index, entry] of entries.entries()) {
    for (const { field } of fieldsBelow(typeOf(entry), path)) {
      const struct = structs[index];
      const own = struct?.fields.get(field.name);
      const feature = struct?.sequence === true && own !== undefined ? ([own] as Feature) : own;
      const named = below.get(field.name) ?? below.set(field.name, []).get(field.name)!;
      named.push({ ...entry, field, feature });
    }
  }
  const fields = new Map([...below].map(([name, named]) => [name, agreeAt(named, `${path}.${name}`, findings)]));
  return { kind: 'struct', fields, sequence: structs.some((struct) => struct?.sequence === true) };
}
