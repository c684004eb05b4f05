import { parseType, typeText, type Conversion } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { SchemaConflict } from '../schema-conflict.ts';
import type { SourceColumn } from '../source-schema.ts';
import { agreeOnLabels, followLabels } from './agree-on-labels.ts';
import { agreeOnMedia } from './agree-on-media.ts';
import { agreeOnOthers } from './agree-on-others.ts';
import type { AgreedFeature } from './agreed-feature.ts';
import { castLabels } from './cast-labels.ts';
import { describeFeature } from './describe-feature.ts';
import { elementsOf, fieldsOf } from './entries-below.ts';
import { readFeature, type Feature } from './feature.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { fitsType, isList } from './fits-type.ts';
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
  /** Paths of features of the recipe that were found. */
  readonly followed: ReadonlySet<string>;
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
    followed: new Set(),
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

function agreeAt(declared: readonly FeatureEntry[], path: string, findings: FeatureFindings): AgreedFeature {
  const { features = {}, cast = {} } = findings.rules;
  const decided = Object.hasOwn(features, path) || Object.hasOwn(cast, path);
  const entries = declared.map((entry) => believed(entry, path, decided ? undefined : findings));
  if (Object.hasOwn(features, path)) return follow(features[path] as Feature, entries, path, findings);
  if (Object.hasOwn(cast, path)) {
    castLabels(entries, parseType(cast[path]!) as DataType, path, findings);
    return value;
  }
  const special = entries.flatMap(({ feature }) => {
    const read = feature === undefined ? undefined : readFeature(feature);
    return read?.kind === 'special' ? [read] : [];
  });
  if (special.some(({ type }) => type === 'ClassLabel')) return agreeOnLabels(entries, path, findings);
  if (special.some(({ type }) => mediaTypes.has(type))) return agreeOnMedia(entries, path, findings);
  const others = special.length === 0 ? undefined : agreeOnOthers(entries, special, path, findings);
  if (others !== undefined) return others;
  // Nulls are values of any type.
  const present = entries.filter((entry) => !DataType.isNull(typeOf(entry)));
  if (present.length === 0) return value;
  if (present.every((entry) => isList(typeOf(entry))))
    return { kind: 'list', element: agreeAt(elementsOf(present, path), `${path}[]`, findings) };
  if (present.every((entry) => DataType.isStruct(typeOf(entry)))) return agreeOnStruct(present, path, findings);
  return value;
}

/** An entry without the feature that its type cannot be: `datasets` itself believes types rather than features. */
function believed(entry: FeatureEntry, path: string, findings: FeatureFindings | undefined): FeatureEntry {
  const { feature } = entry;
  const read = feature === undefined ? undefined : readFeature(feature);
  if (read?.kind !== 'special' || fitsType(read.feature, typeOf(entry))) return entry;
  findings?.notes.push(
    `Column ${path}: ${entry.collection} says that it is ${describeFeature(feature!)}, which what is stored cannot be; it is taken for ${typeText(typeOf(entry))}.`,
  );
  return { ...entry, feature: undefined };
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
  else refuseOthers(feature, entries, path, findings);
  findings.followed.add(path);
  followLabels(feature, entries, path, findings);
  return readFeature(feature).kind === 'special' ? { kind: 'special', feature } : value;
}

/** Features whose type nothing is converted to must be what is stored, or what a cast makes of it. */
function refuseOthers(
  feature: Feature,
  entries: readonly FeatureEntry[],
  path: string,
  { column, conflicts, rules: { cast = {} } }: FeatureFindings,
): void {
  const read = readFeature(feature);
  if (read.kind !== 'special') return;
  const wanted = Object.hasOwn(cast, path) ? (parseType(cast[path]!) as DataType) : undefined;
  const other = entries.find((entry) => !fitsType(read.feature, wanted ?? typeOf(entry)));
  if (other === undefined) return;
  const { source } = other;
  conflicts.push({
    path,
    one: { source, has: typeText(wanted ?? typeOf(other)) },
    other: { source, has: `${describeFeature(feature)} by the recipe` },
    why: 'What is stored cannot be that.',
    lines: [{ rule: 'drop', path: column, effect: 'leave the column out' }],
  });
}

function agreeOnStruct(entries: readonly FeatureEntry[], path: string, findings: FeatureFindings): AgreedFeature {
  const fields = [...fieldsOf(entries, path)].map(([name, named]): [string, AgreedFeature] => [
    name,
    agreeAt(named, `${path}.${name}`, findings),
  ]);
  const sequence = entries.some(({ feature }) => {
    const read = feature === undefined ? undefined : readFeature(feature);
    return read?.kind === 'struct' && read.sequence;
  });
  return { kind: 'struct', fields: new Map(fields), sequence };
}
