import type { Field, Schema } from 'apache-arrow';
import type { Feature } from './features/feature.ts';

/** One schema of one collection, as it was surveyed. */
export interface SourceSchema {
  readonly collection: string;
  readonly schema: Schema;
  /** A file that has it, for messages: `collection/path`. */
  readonly file: string;
  /** Set for what is the outcome of a treaty already: rules were applied to it. */
  readonly settled?: true;
}

/** What one source has for one column of the treaty. */
export interface SourceColumn {
  /** Number of the source. */
  readonly source: number;
  /** Index among the source's columns. */
  readonly index: number;
  /** Plain (no dictionaries, no views), under the name that it has after renaming. */
  readonly field: Field;
  /** What the source's Hugging Face metadata says that it is. */
  readonly feature: Feature | undefined;
}
