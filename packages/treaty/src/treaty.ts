import type { ColumnConversion } from '@riffle/columnar';
import type { ColumnRules, Recipe, RecipeProblem, TreatyColumn } from '@riffle/core';
import type { Schema } from 'apache-arrow';

/** What of a recipe the treaty depends on. */
export type SchemaRules = Pick<Recipe, 'schema' | 'columns'>;

/** The one output schema, and how each source is converted to it. */
export interface Treaty {
  /** With its metadata. Every field is plain: no dictionaries, no views. */
  readonly schema: Schema;
  /** Without repeats; each has one entry a column of `schema`, whose `source` counts the columns of the source's schema. */
  readonly conversions: readonly (readonly ColumnConversion[])[];
  /** By source: index into `conversions`. */
  readonly conversionOf: readonly number[];
  /** The same for people. */
  readonly columns: readonly TreatyColumn[];
  /** Rules that lead to the same columns again and leave nothing to decide. */
  readonly rules: ColumnRules;
  /** Sentences about what is left out or reinterpreted. */
  readonly warnings: readonly string[];
  /** Rules that apply to nothing: most likely a slip. */
  readonly unused: readonly RecipeProblem[];
}
