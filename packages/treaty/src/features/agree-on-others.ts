import { typeText } from '@riffle/columnar';
import { canonicalJson, type JsonValue } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { AgreedFeature } from './agreed-feature.ts';
import { describeFeature } from './describe-feature.ts';
import { isObject, readFeature, type Feature, type ReadFeature } from './feature.ts';
import type { FeatureEntry, FeatureFindings } from './feature-entry.ts';
import { featureParameters } from './feature-parameters.ts';
import { fitsType } from './fits-type.ts';
import { storageType } from './storage-type.ts';

type Special = Extract<ReadFeature, { readonly kind: 'special' }>;

const typeOf = ({ field }: FeatureEntry) => field.type as DataType;
const hasOf = ({ feature, field }: FeatureEntry) =>
  feature === undefined ? typeText(field.type as DataType) : describeFeature(feature);
const sameFeature = (one: Feature, other: Feature) =>
  canonicalJson(featureParameters(one)) === canonicalJson(featureParameters(other));

/**
 * Features of which no more is known than that they must be the same; translations may be of more languages.
 * @returns undefined where the types tell all that holds of all sources: an Array2D and lists of lists are lists of lists
 */
export function agreeOnOthers(
  entries: readonly FeatureEntry[],
  special: readonly Special[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature | undefined {
  const [first] = special as readonly [Special];
  const one = entries.find(({ feature }) => feature === first.feature)!;
  if (special.every(({ type }) => type === first.type && type.startsWith('Translation')))
    return agreeOnTranslations(entries, one, special, path, findings);
  const other = entries.find(
    (entry) =>
      !DataType.isNull(typeOf(entry)) && (entry.feature === undefined || !sameFeature(entry.feature, first.feature)),
  );
  if (other === undefined) return { kind: 'special', feature: first.feature };
  const silent = (entry: FeatureEntry) => entry.feature === undefined || readFeature(entry.feature).kind !== 'special';
  if (
    /^Array[2-5]D$/.test(first.type) &&
    entries.every((entry) => silent(entry) || sameFeature(entry.feature!, first.feature))
  ) {
    findings.notes.push(
      `Column ${path}: it is ${describeFeature(first.feature)} in ${one.collection}, but ${other.collection} does not say so; all are taken for lists.`,
    );
    return undefined;
  }
  findings.conflicts.push({
    path,
    one: { source: one.source, has: hasOf(one) },
    other: { source: other.source, has: hasOf(other) },
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
  return { kind: 'special', feature: first.feature };
}

function agreeOnTranslations(
  entries: readonly FeatureEntry[],
  one: FeatureEntry,
  special: readonly Special[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const united = uniteLanguages(special.map(({ feature }) => feature));
  const other = entries.find((entry) => !fitsType(united, typeOf(entry)));
  if (other !== undefined)
    findings.conflicts.push({
      path,
      one: { source: one.source, has: hasOf(one) },
      other: { source: other.source, has: typeText(typeOf(other)) },
      lines: [{ rule: 'drop', path: findings.column, effect: 'leave the column out' }],
    });
  const type = storageType(united);
  if (type !== undefined && other === undefined) findings.types.set(path, type);
  return { kind: 'special', feature: united };
}

function uniteLanguages(features: readonly Special['feature'][]): Special['feature'] {
  const languages = [
    ...new Set(
      features.flatMap((feature) => (Array.isArray(feature['languages']) ? (feature['languages'] as JsonValue[]) : [])),
    ),
  ];
  const count = features[0]!['num_languages'] === undefined ? {} : { num_languages: languages.length };
  return { ...features[0]!, languages, ...count };
}
