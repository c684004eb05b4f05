import type { ColumnRules } from '@riffle/core';
import type { Conversion } from '@riffle/columnar';
import type { DataType } from 'apache-arrow';
import type { SchemaConflict } from '../schema-conflict.ts';
import type { SourceColumn } from '../source-schema.ts';
import type { Feature } from './feature.ts';

/** What the features of one column come to. */
export interface FeatureAgreement {
  /** Undefined if no source declares one, and no rule. */
  readonly feature: Feature | undefined;
  /** By path: the type that the feature wants its values stored as. */
  readonly types: ReadonlyMap<string, DataType>;
  /** By source and path: how its labels become those of the agreed feature, where that is more than a change of width. */
  readonly labels: ReadonlyMap<number, ReadonlyMap<string, Conversion>>;
  readonly conflicts: readonly SchemaConflict[];
  /** Sentences for the report: what was remapped or united. */
  readonly notes: readonly string[];
}

/** What a column is after all: its feature and the types that this asks for. */
export function agreeOnFeatures(name: string, sources: readonly SourceColumn[], rules: ColumnRules): FeatureAgreement {
  void [name, sources, rules];
  return { feature: undefined, types: new Map(), labels: new Map(), conflicts: [], notes: [] };
}
