import type { RecordBatch } from 'apache-arrow';
import type { FileInspection } from './inspection.ts';
import type { OperationOptions, PluginIdentity } from './plugin.ts';
import type { ReadableFile } from './storage.ts';

/** One fragment: the unit of reading (for Parquet, one row group). */
export interface FragmentSurvey {
  /** Rows the file's metadata declares. */
  readonly rows: number;
  /** Bytes the fragment takes in the file. */
  readonly bytes: number;
  /**
   * Upper estimate of its size as Arrow data, in bytes, from metadata alone, or undefined where metadata cannot bound it.
   * Never trusted for an allocation.
   */
  readonly decodedBytes?: number;
}

/** How one leaf column is stored in a source file, as a hint for choosing encodings. */
export interface ColumnStorage {
  /** Segments of the leaf's path, as the file format spells it. */
  readonly path: readonly string[];
  readonly encodings: readonly string[];
  readonly codec: string;
  /** Bytes in the file, over all fragments. */
  readonly bytes: number;
}

/** What the metadata of one file says. Survives structured cloning. */
export interface FileSurvey {
  readonly rows: number;
  readonly fragments: readonly FragmentSurvey[];
  /** The Arrow schema as an IPC stream of zero batches (apache-arrow's classes do not survive cloning). */
  readonly schema: Uint8Array;
  readonly columns: readonly ColumnStorage[];
  /** Sentences about things that are survivable but should be told. */
  readonly warnings: readonly string[];
}

/** What is known of a file before it is read. */
export interface SurveyOptions extends OperationOptions {
  /**
   * The columns that its rows have, an Arrow schema as an IPC stream of zero batches; given where Riffle reads back what it wrote. A format that notes
   * its types ignores it, and what the file says is compared with it. One that does not reads every value as these types, surveys this very schema,
   * and calls bad content what is no value of them.
   */
  readonly schema?: Uint8Array | undefined;
}

export interface FragmentReadOptions extends SurveyOptions {
  /** Aim for batches of at most about this many bytes of Arrow data; a single row may exceed it. */
  readonly targetBatchBytes: number;
  /** Limits that make a fragment a decompression bomb: decoded bytes over both is refused. */
  readonly limits?: DecodeLimits | undefined;
  /**
   * Only this column is wanted: names from the top-level column down through structs, none of it below a list or map. A reader that can then yields batches of
   * that column alone, with the structs around it, and reads no other bytes; one that cannot yields all columns. Look the column up by its names.
   */
  readonly column?: readonly string[] | undefined;
}

/** Fixed limits of the recipe, not of the machine. Both must be exceeded. */
export interface DecodeLimits {
  /** Bytes of Arrow data decoded from one file. */
  readonly decodedBytes: number;
  /** Decoded bytes over the file's bytes. */
  readonly ratio: number;
}

/**
 * Reads one source format. Throws content errors as {@link BadContentError}: those make a bad shard.
 * Anything else it throws fails the job. It never adds positions the pipeline knows (collection, shard, file).
 */
export interface Reader extends PluginIdentity<'reader'> {
  readonly capabilities: Readonly<{
    /** `metadata`: survey knows the row counts. `scan`: it reads the whole file to count them. */
    rowCounts: 'metadata' | 'scan';
    /** Whether fragments can be read in any order. */
    access: 'random' | 'sequential';
  }>;
  /**
   * Whether files of this format commonly stand beside the data of others: lists, metadata. Those of a collection that has files of a reader of which that is not so are
   * left out, and told in a warning.
   */
  readonly standsBeside?: boolean;
  /**
   * Whether files of other formats that are called as one of this format, but for the ending, commonly describe its rows (`00000.parquet` beside `00000.tar`). They are
   * left out, and told in a warning: their rows would be the same ones again.
   */
  readonly isDescribedByNamesakes?: boolean;
  /**
   * Whether a file of this name is a cache that programs of this format keep beside the data. Caches are left out where the collection has other files, and told in a
   * warning: they hold what was made of the data.
   */
  isCache?(name: string): boolean;
  /** File name endings that promise this format, with the dot, lower case. */
  readonly extensions: readonly string[];
  /** Bytes of the file's start that `detect` wants. */
  readonly headBytes: number;
  /** Whether the first bytes of a file are of this format. `head` may be shorter than `headBytes`. */
  detect(head: Uint8Array): boolean | Promise<boolean>;
  /**
   * Reads metadata only; the whole file, in bounded memory, if the rows must be counted.
   * @throws BadContentError if the file cannot be of any use.
   */
  survey(file: ReadableFile, options?: SurveyOptions): Promise<FileSurvey>;
  /**
   * Decodes one fragment, in row order. A batch's buffers are valid only until the next one is asked for
   * (they may be views of memory that the reader reuses): copy what you keep.
   * Yields exactly the fragment's rows or throws.
   */
  read(file: ReadableFile, fragment: number, options: FragmentReadOptions): AsyncIterable<RecordBatch>;
  /**
   * Tells people how a file is stored, from metadata only; without it, an inspection shows what the survey knows.
   * @throws BadContentError for files that `survey` refuses
   */
  inspect?(file: ReadableFile, options?: OperationOptions): Promise<FileInspection>;
  /** Frees what is cached for files. The reader stays usable. */
  release?(): void;
  /** Bytes of memory the reader holds outside the JavaScript heap, at their high-water mark (a wasm heap). */
  heldBytes?(): number;
}
