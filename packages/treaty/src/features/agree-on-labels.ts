import { castTo, typeText } from '@riffle/columnar';
import type { JsonValue } from '@riffle/core';
import { DataType, Int64, Utf8 } from 'apache-arrow';
import type { RecipeLine } from '../schema-conflict.ts';
import type { AgreedFeature } from './agreed-feature.ts';
import { describeFeature } from './describe-feature.ts';
import { isObject, type Feature } from './feature.ts';
import { setLabels, type FeatureEntry, type FeatureFindings } from './feature-entry.ts';
import { isText } from './fits-type.ts';

const namesShown = 5;
/** Characters of a name of a label; longer ones would make text columns that grow without bound. */
const longestName = 4096;

/** The names of a ClassLabel; undefined for what is none, or none with names that can be told apart. */
export function labelNames(feature: Feature | undefined): readonly string[] | undefined {
  if (!isObject(feature) || feature['_type'] !== 'ClassLabel') return undefined;
  const { names } = feature;
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string' || name.length > longestName))
    return undefined;
  return new Set(names).size === names.length ? (names as string[]) : undefined;
}

function isClassLabel(feature: Feature | undefined): boolean {
  return isObject(feature) && feature['_type'] === 'ClassLabel';
}

const typeOf = ({ field }: FeatureEntry) => field.type as DataType;
const hasText = (entry: FeatureEntry) => isText(typeOf(entry));
const canBeLabels = (entry: FeatureEntry) => DataType.isInt(typeOf(entry)) || hasText(entry);
const hasOf = (entry: FeatureEntry) =>
  isClassLabel(entry.feature) ? describeFeature(entry.feature!) : typeText(typeOf(entry));

function listed(names: readonly string[]): string {
  const more = names.length - namesShown;
  return (
    names
      .slice(0, namesShown)
      .map((name) => JSON.stringify(name))
      .join(', ') + (more > 0 ? ` and ${more} more` : '')
  );
}

function classLabel(first: Feature | undefined, names: readonly string[]): Feature {
  const { names: _names, num_classes: _count, ...rest } = isObject(first) ? first : { _type: 'ClassLabel' };
  return { names: names as JsonValue, ...rest };
}

const isSameOrder = (map: readonly number[]) => map.every((number, index) => number === index);

/**
 * Numbers of a source under the numbers of other names; undefined if they are the same already. Where there are more names than the source has, its
 * numbers are to be checked even if they stay: one beyond its own names would silently become a label that others brought.
 */
function renumbering(own: readonly string[], numbers: ReadonlyMap<string, number>): readonly number[] | undefined {
  const map = own.map((name) => numbers.get(name)!);
  return isSameOrder(map) && map.length === numbers.size ? undefined : map;
}

/** What to do about sources that have no ClassLabel where others have one: lines that suit all of them. */
function linesFor(
  others: readonly FeatureEntry[],
  path: string,
  names: readonly string[],
  column: string,
): readonly RecipeLine[] {
  const asLabels = { rule: 'features', path, value: { _type: 'ClassLabel', names: [...names] } } as const;
  const drop = { rule: 'drop', path: column, effect: 'leave the column out' } as const;
  const asText = {
    rule: 'cast',
    path,
    value: typeText(new Utf8()),
    effect: 'take labels by their names, as text',
  } as const;
  if (names.length > 0 && others.every(hasText))
    return [
      asText,
      { ...asLabels, effect: 'take text as names of labels; a text that is none of them fails its shard' },
      drop,
    ];
  const asNumbers = {
    rule: 'cast',
    path,
    value: typeText(new Int64()),
    effect: 'take all as numbers, without names',
  } as const;
  return [
    ...(names.length > 0 && others.every(canBeLabels)
      ? [{ ...asLabels, effect: 'take its numbers as numbers of these names; one beyond them fails its shard' }]
      : []),
    ...(others.every((other) => castTo(typeOf(other), new Int64()) !== undefined) ? [asNumbers] : []),
    drop,
  ];
}

/** ClassLabels become one with the names of all, the first source's first. What others have beside them is for people to decide. */
export function agreeOnLabels(
  entries: readonly FeatureEntry[],
  path: string,
  findings: FeatureFindings,
): AgreedFeature {
  const labelled = entries.filter(({ feature }) => isClassLabel(feature));
  const first = labelled[0]!;
  const drop = { rule: 'drop', path: findings.column, effect: 'leave the column out' } as const;
  const numbers = new Map<string, number>();
  for (const entry of labelled) {
    const names = labelNames(entry.feature);
    if (names === undefined) {
      if (labelled.every(({ feature }) => JSON.stringify(feature) === JSON.stringify(first.feature))) break;
      const other = labelled.find(({ feature }) => JSON.stringify(feature) !== JSON.stringify(first.feature))!;
      const sides = [first, other].map((side) => ({ source: side.source, has: hasOf(side) }));
      findings.conflicts.push({
        path,
        one: sides[0]!,
        other: sides[1]!,
        why: `Labels without names, with a name twice, or with one of more than ${longestName} characters cannot be matched.`,
        lines: [drop],
      });
      return { kind: 'value' };
    }
    const added = names.filter((name) => !numbers.has(name));
    for (const name of added) numbers.set(name, numbers.size);
    if (entry !== first && added.length > 0)
      findings.notes.push(`Column ${path}: ${entry.collection} adds the labels ${listed(added)}.`);
  }
  for (const entry of labelled) {
    const map = renumbering(labelNames(entry.feature) ?? [], numbers);
    if (map === undefined || DataType.isNull(typeOf(entry))) continue;
    setLabels(findings, entry.source, path, { kind: 'labels', map });
    if (isSameOrder(map)) continue;
    findings.notes.push(
      `Column ${path}: labels of ${entry.collection} are renumbered, since its names stand in another order than in ${first.collection}.`,
    );
  }
  const names = [...numbers.keys()];
  const others = entries.filter((entry) => !isClassLabel(entry.feature) && !DataType.isNull(typeOf(entry)));
  const other = others.find((entry) => !canBeLabels(entry)) ?? others[0];
  if (other !== undefined) {
    const one = { source: first.source, has: describeFeature(first.feature!) };
    findings.conflicts.push({
      path,
      one,
      other: { source: other.source, has: hasOf(other) },
      lines: linesFor(others, path, names, findings.column),
    });
  }
  findings.types.set(path, new Int64());
  return { kind: 'special', feature: numbers.size === 0 ? first.feature! : classLabel(first.feature, names) };
}

/** Sources follow a ClassLabel that the recipe says. */
export function followLabels(
  feature: Feature,
  entries: readonly FeatureEntry[],
  path: string,
  findings: FeatureFindings,
): void {
  const names = labelNames(feature);
  if (names === undefined) return;
  const numbers = new Map(names.map((name, number) => [name, number]));
  for (const entry of entries) {
    if (DataType.isNull(typeOf(entry))) continue;
    if (!canBeLabels(entry)) {
      findings.conflicts.push({
        path,
        one: { source: entry.source, has: hasOf(entry) },
        other: { source: entry.source, has: `${describeFeature(feature)} by the recipe` },
        why: 'Only integers and text can be labels.',
        lines: linesFor([entry], path, names, findings.column),
      });
      continue;
    }
    const own = labelNames(entry.feature);
    if (own === undefined) {
      const map = names.map((_, number) => number);
      setLabels(
        findings,
        entry.source,
        path,
        hasText(entry) ? { kind: 'label-numbers', names } : { kind: 'labels', map },
      );
      continue;
    }
    const unknown = own.filter((name) => !numbers.has(name));
    if (unknown.length > 0) {
      const all = [...names, ...unknown];
      findings.conflicts.push({
        path,
        one: { source: entry.source, has: hasOf(entry) },
        other: { source: entry.source, has: `${describeFeature(feature)} by the recipe` },
        why: `The recipe does not name its labels ${listed(unknown)}.`,
        lines: [{ rule: 'features', path, value: { _type: 'ClassLabel', names: all }, effect: 'name them too' }],
      });
      continue;
    }
    const map = renumbering(own, numbers);
    if (map !== undefined) setLabels(findings, entry.source, path, { kind: 'labels', map });
  }
}

/** Labels that the recipe casts to text become their names. */
export function namesOfLabels(entries: readonly FeatureEntry[], path: string, findings: FeatureFindings): void {
  for (const entry of entries) {
    const names = labelNames(entry.feature);
    if (names === undefined || DataType.isNull(typeOf(entry))) continue;
    setLabels(findings, entry.source, path, { kind: 'label-names', names });
  }
}
