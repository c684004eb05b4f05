import type { ErrorCode } from './error-codes.ts';
import type { LossKind } from './loss-kinds.ts';
import type { ColumnStorage, FragmentSurvey } from './reader.ts';

/** One file of a salvaged shard, and what of it was left out. */
export interface DamagedFile {
  /** Relative to the collection, with `/`. */
  readonly path: string;
  readonly code: ErrorCode;
  readonly kind: LossKind;
  /** A sentence for people. */
  readonly reason: string;
  /** Numbers of the fragments left out, ascending, or undefined if the whole file was. */
  readonly fragments?: readonly number[];
  /** Rows left out, or undefined where no footer tells. */
  readonly rows?: number;
}

/** Why a shard gave no rows, or (`salvaged`) not all of them. */
export interface LostShard {
  readonly collection: string;
  /** Relative to the collection, with `/`; the collection itself is `.`. */
  readonly path: string;
  readonly status: 'missing' | 'failed' | 'empty' | 'salvaged';
  readonly code: ErrorCode | 'MISSING' | 'EMPTY';
  readonly kind: LossKind;
  /** A sentence for people. */
  readonly reason: string;
  /** Rows lost, where the footers tell. Of a salvaged shard: undefined if some file's rows are not known. */
  readonly rows?: number;
  /** Of a salvaged shard: its rows that are in the job, at least one. */
  readonly rowsKept?: number;
  /** Of a salvaged shard: what was left out, in order of the paths. */
  readonly damage?: readonly DamagedFile[];
}

/** One line of `.riffle/lost.jsonl`: what a script needs to fetch a shard again. */
export interface LossRecord extends Omit<LostShard, 'damage'> {
  /** What to fetch again, absolute; missing where nobody knows which shard is missing. */
  readonly location?: string;
  readonly damage?: readonly (DamagedFile & { readonly location: string })[];
}

/** A fragment of a file in the job. Its place in {@link SurveyedFile.fragments} is the number by which it is read. */
export interface SurveyedFragment extends FragmentSurvey {
  /** Set if it cannot be read and its shard is salvaged without it: it gives no rows. */
  readonly lost?: true;
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
  /** Rows that it gives: those of its fragments that are not lost. */
  readonly rows: number;
  /** Every fragment of the file, also the lost. */
  readonly fragments: readonly SurveyedFragment[];
  /** Index into {@link Survey.schemas}. */
  readonly schema: number;
  readonly columns: readonly ColumnStorage[];
}

/** One shard that can be read, wholly or (if it is salvaged) in part. */
export interface SurveyedShard {
  /** Relative to the collection, with `/`. */
  readonly path: string;
  readonly rows: number;
  /** Those that give rows, in plan order. */
  readonly files: readonly SurveyedFile[];
}

/** Another path to a file that is read already: its rows count once. */
export interface SurveyedTwin {
  /** The shard that this path belongs to. */
  readonly shard: string;
  /** The file as it would be read by this path. */
  readonly file: SurveyedFile;
  /** The path by which it is read instead. */
  readonly of: string;
}

export interface SurveyedCollection {
  readonly name: string;
  /** As the recipe spells it. */
  readonly path: string;
  readonly location: string;
  /** Set if the collection is one file, so that its only shard has the collection's own location. */
  readonly singleFile?: true;
  /** In plan order. */
  readonly shards: readonly SurveyedShard[];
  /** By path. A salvaged shard is here and in `shards`. */
  readonly lost: readonly LostShard[];
  /** Further paths to files that are read, in plan order. */
  readonly twins?: readonly SurveyedTwin[];
  readonly rows: number;
  /** Candidate shards: loaded (salvaged ones among them) + failed + empty + missing. */
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
