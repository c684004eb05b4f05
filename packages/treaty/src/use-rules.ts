import { parseType, typeText } from '@riffle/columnar';
import { didYouMean, RecipeInvalidError, type ColumnRules, type RecipeProblem } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { TypesByPath } from './cast-field.ts';
import { labelNames } from './features/agree-on-labels.ts';
import type { Feature } from './features/feature.ts';
import { storageType } from './features/storage-type.ts';
import { renamed, type ReadSource } from './source-columns.ts';

/** Names in a message; there may be thousands. */
const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  return names.slice(0, MOST_NAMES).join(', ') + (names.length > MOST_NAMES ? ', …' : '');
}

/** Features that say no more than a type does. */
const plainFeatures: ReadonlySet<string> = new Set(['Value', 'List', 'LargeList', 'Sequence']);

/** Features that cannot be carried out. */
function featureProblems({ features = {} }: ColumnRules): RecipeProblem[] {
  return Object.entries(features).flatMap(([path, feature]) => {
    const place = `columns.features.${path}`;
    if (plainFeatures.has(feature._type)) {
      const message = `must be a feature that a type does not tell, such as ClassLabel or Audio; say ${feature._type} as a type: columns: { cast: { … } }`;
      return [{ place, message }];
    }
    if (feature._type !== 'ClassLabel' || labelNames(feature as Feature) !== undefined) return [];
    return [
      {
        place,
        message: 'must have names: a list of texts, each once, such as { _type: ClassLabel, names: [no, yes] }',
      },
    ];
  });
}

/** A feature with a type of its own says what its values become; another type of a cast would be no such feature. */
function contradictions({ cast = {}, features = {} }: ColumnRules): RecipeProblem[] {
  return Object.entries(features).flatMap(([path, feature]) => {
    const type = storageType(feature);
    if (type === undefined || !Object.hasOwn(cast, path)) return [];
    const wanted = parseType(cast[path]!);
    if (!(wanted instanceof DataType) || typeText(wanted) === typeText(type)) return [];
    const message = `must not be there beside features: ${feature._type} is stored as ${typeText(type)}`;
    return [{ place: `columns.cast.${path}`, message }];
  });
}

/** What can be said of rules before any schema is known. */
export function ruleProblems(rules: ColumnRules, collections: readonly string[]): RecipeProblem[] {
  const { select = [], cast = {}, rename = {} } = rules;
  const types = Object.entries(cast).flatMap(([path, text]) => {
    const type = parseType(text);
    return type instanceof DataType ? [] : [{ place: `columns.cast.${path}`, message: `must be a type: ${type}` }];
  });
  const unknown = Object.keys(rename)
    .filter((name) => name !== '*' && !collections.includes(name))
    .map((name) => ({
      place: `columns.rename.${name}`,
      message: `must be the name of a collection or *; collections are ${listed(collections)}${didYouMean(name, collections)}`,
    }));
  const repeated = [...new Set(select.filter((name, index) => select.indexOf(name) < index))].map((name) => ({
    place: 'columns.select',
    message: `must name each column once: ${name} is there twice`,
  }));
  return [...repeated, ...types, ...unknown, ...featureProblems(rules), ...contradictions(rules)];
}

/** The types of `cast` by path. @throws RecipeInvalidError */
export function parseCasts({ cast = {} }: ColumnRules): TypesByPath {
  const problems: RecipeProblem[] = [];
  const types = new Map<string, DataType>();
  for (const [path, text] of Object.entries(cast)) {
    const type = parseType(text);
    if (type instanceof DataType) types.set(path, type);
    else problems.push({ place: `columns.cast.${path}`, message: `must be a type: ${type}` });
  }
  if (problems.length > 0) throw new RecipeInvalidError(problems);
  return types;
}

/**
 * Rules that apply to no column of any source.
 * @param present paths of the treaty's fields, at every depth
 * @param used paths that casts were found at
 * @param followed paths that features were found at
 */
export function unusedRules(
  rules: ColumnRules,
  sources: readonly ReadSource[],
  present: ReadonlySet<string>,
  used: ReadonlySet<string>,
  followed: ReadonlySet<string>,
): RecipeProblem[] {
  const { select = [], drop = [], rename = {}, cast = {}, features = {}, default: defaults = {} } = rules;
  const known = new Set(
    sources.flatMap(({ schema, collection, settled }) =>
      schema.fields.map(({ name }) => (settled === true ? name : renamed(name, collection, rename))),
    ),
  );
  const columns = [...known];
  const paths = [...new Set([...columns, ...present])];
  const nobody = (place: string, path: string) => {
    const whole = place === 'columns.select' || place === 'columns.drop';
    const only = whole && /[.[]/.test(path) ? ', and only whole columns can be named here' : '';
    const meant = didYouMean(path, whole ? columns : paths);
    return {
      place,
      message: `must be there in some collection: no column is ${path}${only}; columns are ${listed(columns)}${meant}`,
    };
  };
  const unread = Object.entries(rename).flatMap(([collection, pairs]) => {
    const own = sources.filter((source) => collection === '*' || source.collection === collection);
    const names = [...new Set(own.flatMap(({ schema }) => schema.fields.map((field) => field.name)))];
    const missing = own.length === 0 ? [] : Object.keys(pairs).filter((name) => !names.includes(name));
    const where = collection === '*' ? 'some collection' : collection;
    return missing.map((name) => ({
      place: `columns.rename.${collection}.${name}`,
      message: `must be a column of ${where}${didYouMean(name, names)}`,
    }));
  });
  return [
    ...select.filter((name) => !known.has(name)).map((name) => nobody('columns.select', name)),
    ...drop.filter((name) => !known.has(name)).map((name) => nobody('columns.drop', name)),
    ...unread,
    ...Object.keys(cast)
      .filter((path) => !used.has(path))
      .map((path) => nobody(`columns.cast.${path}`, path)),
    ...Object.keys(features)
      .filter((path) => !followed.has(path))
      .map((path) => nobody(`columns.features.${path}`, path)),
    // A default that no source needs today is no slip: the column is there, and tomorrow's collection may not have it.
    ...Object.keys(defaults)
      .filter((path) => !present.has(path))
      .map((path) => nobody(`columns.default.${path}`, path)),
  ];
}
