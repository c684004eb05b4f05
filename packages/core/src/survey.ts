import type { ErrorCode } from './error-codes.ts';
import type { ColumnStorage, FragmentSurvey } from './reader.ts';

/** Why a shard gave no rows. */
export interface LostShard {
  readonly collection: string;
  /** Relative to the collection, with `/`; the collection itself is `.`. */
  readonly path: string;
  readonly status: 'missing' | 'failed' | 'empty';
  readonly code: ErrorCode | 'MISSING' | 'EMPTY';
  /** A sentence for people. */
  readonly reason: string;
  /** Rows, where the footers tell. */
  readonly rows?: number;
}

/** One readable file of a shard. */
export interface SurveyedFile {
  /** Relative to the collection, with `/`; for a collection that is one file, its name. */
  readonly path: string;
  /** What to open. */
  readonly location: string;
  readonly size: number;
  /** {@link StorageEntry.version} when it was surveyed. */
  readonly version?: string | undefined;
  /** Index into {@link Survey.readers}. */
  readonly reader: number;
  readonly rows: number;
  readonly fragments: readonly FragmentSurvey[];
  /** Index into {@link Survey.schemas}. */
  readonly schema: number;
  readonly columns: readonly ColumnStorage[];
}

/** One shard that can be read. */
export interface SurveyedShard {
  /** Relative to the collection, with `/`. */
  readonly path: string;
  readonly rows: number;
  /** In plan order. */
  readonly files: readonly SurveyedFile[];
}

export interface SurveyedCollection {
  readonly name: string;
  /** As the recipe spells it. */
  readonly path: string;
  readonly location: string;
  /** In plan order. */
  readonly shards: readonly SurveyedShard[];
  readonly lost: readonly LostShard[];
  readonly rows: number;
  /** Candidate shards: loaded + failed + empty + missing. */
  readonly expected: number;
  /** Files that are of no known format, and dot entries; counted, not read. */
  readonly ignored: number;
}

/** What reading only footers told. */
export interface Survey {
  readonly collections: readonly SurveyedCollection[];
  /** Distinct Arrow schemas, as IPC streams of zero batches. */
  readonly schemas: readonly Uint8Array[];
  /** Names of the readers, in the order that {@link SurveyedFile.reader} counts. */
  readonly readers: readonly string[];
  readonly rows: number;
}
