import { fieldsBelow, typeText } from '@riffle/columnar';
import { canonicalJson, type JsonValue } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { RecipeLine } from '../schema-conflict.ts';
import type { AgreedFeature } from './agreed-feature.ts';
import { describeFeature } from './describe-feature.ts';
import { isObject, type Feature } from './feature.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { storageType } from './storage-type.ts';

/** Parameters without those that say nothing: older versions write defaults, newer ones leave them out. */
function parameters(feature: Feature): Record<string, JsonValue> {
  const entries = Object.entries(feature as Record<string, JsonValue>);
  return Object.fromEntries(
    entries.filter(
      ([key, value]) =>
        value !== null && key !== 'id' && !(key === 'decode' && value === true) && !(key === 'mono' && value === true),
    ),
  );
}

/** Whether a type can hold media: bytes and a path, in any order, or one of them. */
function holdsMedia(type: DataType): boolean {
  return (
    DataType.isNull(type) ||
    (DataType.isStruct(type) &&
      type.children.length > 0 &&
      fieldsBelow(type, '').every(({ field }) => field.name === 'bytes' || field.name === 'path'))
  );
}

function effectOf(feature: Record<string, JsonValue>, key: string): string {
  const value = feature[key];
  if (key !== 'sampling_rate')
    return value === undefined ? `say nothing of ${key}` : `say ${key} ${JSON.stringify(value)} of all`;
  return value === undefined
    ? 'let each be decoded at the rate it was stored with; nothing stored changes'
    : `let all be resampled to ${JSON.stringify(value)} Hz when they are decoded; nothing stored changes`;
}

/** One line for each value that a parameter has, the largest first, and one that leaves it open. */
function linesFor(path: string, column: string, features: readonly Record<string, JsonValue>[]): readonly RecipeLine[] {
  const [first] = features as readonly [Record<string, JsonValue>];
  const keys = new Set(features.flatMap((feature) => Object.keys(feature)));
  const different = [...keys].find((key) =>
    features.some((feature) => canonicalJson(feature[key] ?? null) !== canonicalJson(first[key] ?? null)),
  )!;
  const values = new Map(features.map((feature) => [canonicalJson(feature[different] ?? null), feature]));
  const sorted = [...values.values()].sort(
    (one, other) => Number(other[different] ?? -1) - Number(one[different] ?? -1),
  );
  const { [different]: _left, ...open } = first;
  const choices = [...sorted.filter((feature) => feature[different] !== undefined), open];
  return [
    ...choices.map((feature): RecipeLine => ({
      rule: 'features',
      path,
      value: feature,
      effect: effectOf(feature, different),
    })),
    { rule: 'drop', path: column, effect: 'leave the column out' },
  ];
}

/**
 * Audio, images and the like: the same in all that say anything. Who says nothing and stores bytes and a path follows.
 * @param entries of which at least one has a feature of media
 */
export function agreeOnMedia(entries: readonly FeatureEntry[], path: string, findings: FeatureFindings): AgreedFeature {
  const declared = entries.filter(({ feature }) => isObject(feature) && storageType(feature) !== undefined);
  const first = declared[0]!;
  const read = declared.map((entry) => parameters(entry.feature!));
  const different = read.findIndex((feature) => canonicalJson(feature) !== canonicalJson(read[0]!));
  const sides = (other: FeatureEntry, has: string) => ({
    path,
    one: { source: first.source, has: describeFeature(first.feature!) },
    other: { source: other.source, has },
  });
  if (different > 0)
    findings.conflicts.push({
      ...sides(declared[different]!, describeFeature(declared[different]!.feature!)),
      lines: linesFor(path, findings.column, read),
    });
  for (const entry of entries) {
    if (declared.includes(entry)) continue;
    const type = entry.field.type as DataType;
    if (!holdsMedia(type)) {
      const lines = [{ rule: 'drop', path: findings.column, effect: 'leave the column out' }] as const;
      findings.conflicts.push({ ...sides(entry, typeText(type)), lines });
    } else if (!DataType.isNull(type))
      findings.notes.push(
        `Column ${path}: ${entry.collection} does not say that it is ${describeFeature(first.feature!)}; it is taken for that, as in ${first.collection}.`,
      );
  }
  findings.types.set(path, storageType(first.feature)!);
  return { kind: 'special', feature: first.feature! };
}
