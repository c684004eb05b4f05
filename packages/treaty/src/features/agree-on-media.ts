import { typeText } from '@riffle/columnar';
import { canonicalJson, type JsonValue } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { RecipeLine } from '../schema-conflict.ts';
import type { AgreedFeature } from './agreed-feature.ts';
import { describeFeature } from './describe-feature.ts';
import { readFeature } from './feature.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { featureParameters } from './feature-parameters.ts';
import { fitsType } from './fits-type.ts';
import { storageType } from './storage-type.ts';

function effectOf(feature: Record<string, JsonValue>, key: string): string {
  const value = feature[key];
  if (key === '_type') return `take all for ${describeFeature(feature)}`;
  if (key !== 'sampling_rate')
    return value === undefined ? `say nothing of ${key}` : `say ${key} ${JSON.stringify(value)} of all`;
  return value === undefined
    ? 'let each be decoded at the rate it was stored with; nothing stored changes'
    : `let all be resampled to ${JSON.stringify(value)} Hz when they are decoded; nothing stored changes`;
}

/** One line for each choice of what differs, the highest sampling rate first, and one that leaves it open. */
function linesFor(path: string, column: string, features: readonly Record<string, JsonValue>[]): readonly RecipeLine[] {
  const [first] = features as readonly [Record<string, JsonValue>];
  const saidOf = (feature: Record<string, JsonValue>, key: string) => canonicalJson(feature[key] ?? null);
  const keys = new Set(features.flatMap((feature) => Object.keys(feature)));
  const differing = [...keys].filter((key) => features.some((feature) => saidOf(feature, key) !== saidOf(first, key)));
  const kinds = differing.includes('_type');
  const shown = kinds ? ['_type'] : differing;
  const distinct = new Map(features.map((feature) => [shown.map((key) => saidOf(feature, key)).join(), feature]));
  const rateOf = ({ sampling_rate: rate }: Record<string, JsonValue>) => (typeof rate === 'number' ? rate : -1);
  const choices = [...distinct.values()].sort((one, other) => rateOf(other) - rateOf(one));
  const open = Object.fromEntries(Object.entries(first).filter(([key]) => !differing.includes(key)));
  const said = choices.filter((feature) => shown.some((key) => feature[key] !== undefined));
  return [
    ...(kinds ? said : [...said, open]).map((feature): RecipeLine => ({
      rule: 'features',
      path,
      value: feature,
      effect: shown.map((key) => effectOf(feature, key)).join('; '),
    })),
    { rule: 'drop', path: column, effect: 'leave the column out' },
  ];
}

/**
 * Audio, images and the like: the same in all that say anything. Who says nothing and stores bytes and a path follows.
 * @param entries of which at least one has a feature of media
 */
export function agreeOnMedia(entries: readonly FeatureEntry[], path: string, findings: FeatureFindings): AgreedFeature {
  const declared = entries.filter(({ feature }) => feature !== undefined && readFeature(feature).kind === 'special');
  const first = declared[0]!;
  const read = declared.map((entry) => featureParameters(entry.feature!));
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
    if (!fitsType(first.feature as Record<string, JsonValue>, type)) {
      const lines = [{ rule: 'drop', path: findings.column, effect: 'leave the column out' }] as const;
      findings.conflicts.push({ ...sides(entry, typeText(type)), lines });
    } else if (!DataType.isNull(type))
      findings.notes.push(
        `Column ${path}: ${entry.collection} does not say that it is ${describeFeature(first.feature!)}; it is taken for that, as in ${first.collection}.`,
      );
  }
  const type = storageType(first.feature);
  if (type !== undefined) findings.types.set(path, type);
  return { kind: 'special', feature: first.feature! };
}
