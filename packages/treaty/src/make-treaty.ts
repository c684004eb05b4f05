import { castColumn, fieldsBelow, typeText, type ColumnConversion, type Conversion } from '@riffle/columnar';
import { RecipeInvalidError, type TreatyColumn, type TreatySource } from '@riffle/core';
import { Field, Schema, type DataType } from 'apache-arrow';
import { agreeOnColumn, type CastColumn } from './agree-on-column.ts';
import { castField } from './cast-field.ts';
import { groupColumns, type ColumnGroup } from './column-groups.ts';
import { conflictError } from './conflict-error.ts';
import { describeConversion } from './describe-conversion.ts';
import { checkDefaults } from './check-defaults.ts';
import { agreeOnFeatures, type FeatureAgreement } from './features/agree-on-features.ts';
import { featureOf, isSpecial } from './features/agreed-feature.ts';
import { describeFeature } from './features/describe-feature.ts';
import { featuresMetadata, nullableThroughout } from './features/features-metadata.ts';
import { HUGGINGFACE_KEY, parseFeatures } from './features/parse-features.ts';
import { isAtOrBelow } from './is-at-or-below.ts';
import { leftOutFields } from './left-out-fields.ts';
import { labelNotes } from './metadata/label-notes.ts';
import { mergeMetadata } from './metadata/merge-metadata.ts';
import { phantomIndexes } from './phantom-indexes.ts';
import type { SchemaConflict } from './schema-conflict.ts';
import { settledRules } from './settled-rules.ts';
import { sourceColumns, type ReadSource } from './source-columns.ts';
import type { SourceColumn, SourceSchema } from './source-schema.ts';
import { storedType } from './stored-type.ts';
import { strictConflict } from './strict-conflict.ts';
import type { SchemaRules, Treaty } from './treaty.ts';
import { parseCasts, unusedRules } from './use-rules.ts';

/** A column of the treaty on its way. */
interface AgreedColumn extends ColumnGroup {
  readonly field: Field;
  readonly features: FeatureAgreement;
  /** By source: what is made of it. */
  readonly conversions: readonly ColumnConversion[];
}

type Draft = Pick<AgreedColumn, 'features' | 'name' | 'columns'> & { readonly cast: readonly CastColumn[] };

/**
 * The schema that all sources agree on: the least types that hold the values of all, with the conversion of each source.
 * @param sources in plan order, at least one
 * @throws `SCHEMA_CONFLICT` with every conflict and the lines of a recipe that would decide it; `RECIPE_INVALID` for rules that cannot be carried out.
 */
export function makeTreaty(sources: readonly SourceSchema[], { schema: policy, columns: rules }: SchemaRules): Treaty {
  const warnings: string[] = [];
  const read = sources.map((source): ReadSource => {
    const parsed = parseFeatures(source.schema.metadata);
    if (parsed.warning !== undefined) warnings.push(`${source.file}: ${parsed.warning}.`);
    return { ...source, ...parsed };
  });
  const casts = parseCasts(rules);
  const collections = sources.map(({ collection }) => collection);
  const hasFeatures = read.some(({ features }) => features.size > 0) || Object.keys(rules.features ?? {}).length > 0;
  const used = new Set<string>();
  const all = groupColumns(
    read.map((source, number) => sourceColumns(source, number, rules)),
    rules,
  );
  const { groups, dropped } = phantomIndexes(all, sources, rules);
  warnings.push(...dropped);

  const conflicts: SchemaConflict[] = [];
  const drafts: Draft[] = groups.map(({ name, columns }) => {
    const features = agreeOnFeatures(name, columns, rules, collections);
    conflicts.push(...features.conflicts);
    const types = new Map([...features.types, ...casts]);
    const cast = columns.map((column): CastColumn => ({ ...column, cast: castField(column.field, name, types, used) }));
    return { name, columns, features, cast };
  });
  const agreed = drafts.flatMap((draft): AgreedColumn[] => {
    const field = agreeOnColumn(draft.cast);
    const strict = policy === 'strict' ? strictConflict(draft.cast, sources.length, draft.features, rules) : undefined;
    if (strict !== undefined) conflicts.push(strict);
    else if (!(field instanceof Field)) conflicts.push(...field);
    if (!(field instanceof Field) || draft.features.conflicts.length > 0) return [];
    const own = completed(field, draft, sources.length, rules);
    const whole = hasFeatures ? nullableThroughout(own) : own;
    warnings.push(...labelNotes(own, draft.cast, sources));
    const conversions = convertAll(whole, draft, sources, rules, used);
    warnings.push(...tellLeftOut(draft, conversions, casts, sources));
    return [{ ...draft, field: whole, conversions }];
  });
  if (conflicts.length > 0) throw conflictError(oneForEachPath(conflicts), sources, policy === 'strict');
  const unused = unusedRules(
    rules,
    read,
    pathsOf(agreed.map(({ field }) => field)),
    used,
    new Set(drafts.flatMap(({ features }) => [...features.followed])),
  );
  if (agreed.length === 0)
    throw new RecipeInvalidError([...unused, { place: 'columns', message: 'must leave at least one column' }]);
  checkDefaults(
    agreed.map(({ field }) => field),
    rules,
  );

  const fields = agreed.map(({ field }) => field);
  const featured = agreed.map(({ field, features }) => ({ field, feature: features.feature }));
  const merged = mergeMetadata(sources, fields, unchanged(agreed, sources));
  if (hasFeatures) merged.metadata.set(HUGGINGFACE_KEY, featuresMetadata(featured, read));
  warnings.push(...agreed.flatMap(({ features }) => features.notes), ...merged.warnings);
  const bySource = sources.map((_, source) => agreed.map(({ conversions }) => conversions[source]!));
  const { distinct, numbers } = distinctOf(bySource);
  return {
    schema: new Schema(
      agreed.map(({ field }) => field),
      merged.metadata,
    ),
    conversions: distinct,
    conversionOf: numbers,
    columns: agreed.map((column) => describe(column, sources)),
    rules: settledRules(featured, rules),
    warnings,
    unused,
  };
}

/** Of fields and of all below them. */
function pathsOf(fields: readonly Field[]): ReadonlySet<string> {
  const paths = new Set<string>();
  const add = (field: Field, path: string) => {
    paths.add(path);
    for (const below of fieldsBelow(field.type as DataType, path)) add(below.field, below.path);
  };
  for (const field of fields) add(field, field.name);
  return paths;
}

function oneForEachPath(conflicts: readonly SchemaConflict[]): readonly SchemaConflict[] {
  const seen = new Set<string>();
  return conflicts.filter(({ path }) => !seen.has(path) && seen.add(path));
}

/** The field with the group's name as it is stored, nullable where some source has nothing to put in. */
function completed(field: Field, { name, columns }: Draft, sources: number, rules: SchemaRules['columns']): Field {
  const defaults = Object.entries(rules.default ?? {}).filter(([path]) => isAtOrBelow(path, name));
  const missing = columns.length < sources && defaults.every(([path]) => path !== name);
  const stored = new Field(name, storedType(field.type as DataType), field.nullable || missing, field.metadata);
  // A default of null puts nulls anywhere, an object wherever it leaves fields out.
  return defaults.some(([, value]) => typeof value === 'object') ? nullableThroughout(stored) : stored;
}

function convertAll(
  target: Field,
  { name, columns, features }: Draft,
  sources: readonly SourceSchema[],
  rules: SchemaRules['columns'],
  used: Set<string>,
): ColumnConversion[] {
  const bySource = new Map(columns.map((column) => [column.source, column]));
  return sources.map(({ file }, source): ColumnConversion => {
    const column = bySource.get(source);
    const labels = features.labels.get(source);
    const conversion = castColumn(column?.field, target, name, (path, found): Conversion | undefined => {
      if (found !== undefined) return labels?.get(path);
      if (!Object.hasOwn(rules.default ?? {}, path)) return undefined;
      used.add(path);
      return { kind: 'constant', value: rules.default![path]! };
    });
    if (conversion === undefined) throw noWay(name, column, target, file, rules);
    return { source: column?.index, conversion };
  });
}

/** Only a cast or a feature of the recipe asks for what cannot be done. */
function noWay(
  name: string,
  column: SourceColumn | undefined,
  target: Field,
  file: string,
  { cast = {} }: SchemaRules['columns'],
): RecipeInvalidError {
  const from = typeText(column!.field.type as DataType);
  const rule = Object.keys(cast).some((path) => isAtOrBelow(path, name)) ? 'cast' : 'features';
  const message = `cannot be carried out: no conversion leads from ${from}, as in ${file}, to ${typeText(target.type as DataType)}`;
  return new RecipeInvalidError([{ place: `columns.${rule}.${name}`, message }]);
}

/**
 * Fields that a cast to a struct of fewer leaves out, as sentences.
 * @throws RecipeInvalidError where a feature would do that: its fields are not for the recipe to say
 */
function tellLeftOut(
  { name, columns }: Draft,
  conversions: readonly ColumnConversion[],
  casts: ReadonlyMap<string, DataType>,
  sources: readonly SourceSchema[],
): readonly string[] {
  const sentences = new Map<string, string>();
  for (const { source, field } of columns) {
    for (const path of leftOutFields(field, name, conversions[source]!.conversion)) {
      const { file } = sources[source]!;
      if (![...casts.keys()].some((cast) => isAtOrBelow(path, cast))) {
        const message = `cannot be carried out: ${file} has ${path}, for which the feature has no place`;
        throw new RecipeInvalidError([{ place: `columns.features.${name}`, message }]);
      }
      const sentence = `Column ${path} of ${file} is left out, as the type of its cast says.`;
      if (!sentences.has(path)) sentences.set(path, sentence);
    }
  }
  return [...sentences.values()];
}

/** Names of columns that every source has with the agreed type and under their own name. */
function unchanged(columns: readonly AgreedColumn[], sources: readonly SourceSchema[]): ReadonlySet<string> {
  const same = columns.filter(
    ({ name, field, columns: own }) =>
      own.length === sources.length &&
      own.every(
        ({ source, index, field: { type } }) =>
          sources[source]!.schema.fields[index]!.name === name &&
          typeText(type as DataType) === typeText(field.type as DataType),
      ),
  );
  return new Set(same.map(({ name }) => name));
}

function distinctOf(bySource: readonly (readonly ColumnConversion[])[]) {
  const known = new Map<string, number>();
  const distinct: (readonly ColumnConversion[])[] = [];
  const numbers = bySource.map((conversions) => {
    const key = JSON.stringify(conversions);
    const number = known.get(key) ?? distinct.push(conversions) - 1;
    known.set(key, number);
    return number;
  });
  return { distinct, numbers };
}

function describe(
  { name, field, columns, features, conversions }: AgreedColumn,
  sources: readonly SourceSchema[],
): TreatyColumn {
  const bySource = new Map(columns.map((column) => [column.source, column]));
  const seen = new Set<string>();
  const described = sources.flatMap(({ collection, schema }, source): TreatySource[] => {
    const column = bySource.get(source);
    const original = column === undefined ? undefined : schema.fields[column.index]!;
    const { text, risk } = describeConversion(column?.field, field, conversions[source]!.conversion);
    const entry: TreatySource = {
      collection,
      ...(original === undefined || original.name === name ? {} : { name: original.name }),
      type: original === undefined ? undefined : typeText(original.type as DataType),
      conversion: text,
      risk,
    };
    const key = JSON.stringify(entry);
    return seen.has(key) || !seen.add(key) ? [] : [entry];
  });
  return {
    name,
    type: typeText(field.type as DataType),
    ...(isSpecial(features.feature)
      ? { feature: describeFeature(featureOf(field.type as DataType, features.feature, false) ?? []) }
      : {}),
    sources: described,
  };
}
