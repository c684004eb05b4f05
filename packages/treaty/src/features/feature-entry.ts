import type { Conversion } from '@riffle/columnar';
import type { ColumnRules } from '@riffle/core';
import type { DataType, Field } from 'apache-arrow';
import type { SchemaConflict } from '../schema-conflict.ts';
import type { Feature } from './feature.ts';

/** What one source has at one place: a type, and perhaps a feature. */
export interface FeatureEntry {
  readonly source: number;
  /** Of the collection, for notes. */
  readonly collection: string;
  readonly field: Field;
  readonly feature: Feature | undefined;
}

/** What agreeing on the places of one column gathers. */
export interface FeatureFindings {
  readonly column: string;
  readonly rules: ColumnRules;
  readonly types: Map<string, DataType>;
  readonly labels: Map<number, Map<string, Conversion>>;
  readonly conflicts: SchemaConflict[];
  readonly notes: string[];
  /** Paths of features of the recipe that were found. */
  readonly followed: Set<string>;
}

export function setLabels({ labels }: FeatureFindings, source: number, path: string, conversion: Conversion): void {
  const own = labels.get(source) ?? new Map<string, Conversion>();
  labels.set(source, own.set(path, conversion));
}
