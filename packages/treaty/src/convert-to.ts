import { typeText, type ColumnConversion } from '@riffle/columnar';
import { isRiffleError, RecipeInvalidError } from '@riffle/core';
import type { DataType, Schema } from 'apache-arrow';
import { isAtOrBelow } from './is-at-or-below.ts';
import { makeTreaty } from './make-treaty.ts';
import type { SourceSchema } from './source-schema.ts';
import { renamed } from './source-columns.ts';
import type { SchemaRules } from './treaty.ts';

/** A column that would not become that of the treaty: its path, and both types as people write them. */
export interface SchemaDifference {
  readonly column: string;
  readonly found: string;
  readonly wanted: string;
}

/** How a source becomes what a treaty says, or why it does not. */
export type ConvertedTo =
  | { readonly conversions: readonly ColumnConversion[] }
  | { readonly difference: SchemaDifference };

/** What of `made` goes beyond the treaty. Its first columns are the treaty's. */
function differenceFrom(treaty: Schema, made: Schema): SchemaDifference | undefined {
  for (const [index, field] of made.fields.entries()) {
    const found = typeText(field.type as DataType);
    const wanted = index < treaty.fields.length ? typeText(treaty.fields[index]!.type as DataType) : 'absent';
    if (found !== wanted) return { column: field.name, found, wanted };
  }
  return undefined;
}

/** Rules that could be carried out when the treaty was made, and that a source of another kind now stands against. */
function withoutWay(
  treaty: Schema,
  source: SourceSchema,
  { columns: { rename } }: SchemaRules,
  error: RecipeInvalidError,
): SchemaDifference {
  const paths = error.problems.map(({ place }) => place.replace(/^columns\.\w+\./, ''));
  const field = treaty.fields.find(({ name }) => paths.some((path) => isAtOrBelow(path, name)));
  if (field === undefined) throw error;
  const own = source.schema.fields.find(({ name }) => renamed(name, source.collection, rename) === field.name);
  return {
    column: field.name,
    found: own === undefined ? 'absent' : typeText(own.type as DataType),
    wanted: typeText(field.type as DataType),
  };
}

/**
 * The conversion of one source to a treaty that was made before, under the same rules.
 * @throws RiffleError as `makeTreaty`, but for conflicts
 */
export function convertTo(treaty: Schema, source: SourceSchema, rules: SchemaRules): ConvertedTo {
  const settled: SourceSchema = { collection: '', schema: treaty, file: 'the result', settled: true };
  try {
    const made = makeTreaty([settled, source], rules);
    const difference = differenceFrom(treaty, made.schema);
    return difference === undefined ? { conversions: made.conversions[made.conversionOf[1]!]! } : { difference };
  } catch (error) {
    if (error instanceof RecipeInvalidError) return { difference: withoutWay(treaty, source, rules, error) };
    if (!isRiffleError(error) || error.code !== 'SCHEMA_CONFLICT') throw error;
    const { column, types } = error.details as { readonly column: string; readonly types: readonly [string, string] };
    return { difference: { column, wanted: types[0], found: types[1] } };
  }
}
