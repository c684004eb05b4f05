import type { RecordBatch, Schema } from 'apache-arrow';
import type { JsonValue, OperationOptions, PluginIdentity } from './plugin.ts';
import type { ColumnStorage } from './reader.ts';

export const compressionCodecs = ['zstd', 'snappy', 'gzip', 'brotli', 'lz4', 'none'] as const;
export type CompressionCodec = (typeof compressionCodecs)[number];

export const writerProfiles = ['balanced', 'smallest', 'fastest'] as const;
export type WriterProfile = (typeof writerProfiles)[number];

/** Where a writer puts its bytes. The pipeline counts and hashes them on the way. */
export interface ShardTarget {
  /** Appends; the writer may reuse `bytes` once the promise settles. */
  write(bytes: Uint8Array): Promise<void>;
}

/** Which shard of a result one is: known before it is written, since the rows are dealt evenly. */
export interface ShardPlace {
  /** From 0. */
  readonly shard: number;
  /** Rows of the result before its own. */
  readonly firstRow: number;
  /** Its own rows: exactly so many will be written. */
  readonly rows: number;
}

export interface WriterOptions {
  /** The treaty's schema with its metadata. Every batch written has exactly these columns. */
  readonly schema: Schema;
  readonly compression: CompressionCodec;
  /** A row group is closed before the batch that would take it past this many bytes of Arrow data. */
  readonly rowGroupBytes: number;
  /** What {@link Writer.tune} returned, or undefined. */
  readonly tuning?: JsonValue | undefined;
  /** Every job gives it to {@link Writer.create}, but for a part of a shard. Undefined where rows are written without one, and for {@link Writer.finalize}. */
  readonly place?: ShardPlace | undefined;
}

/** One shard being written. Rows keep their order. */
export interface ShardWriter {
  /** Consumes the batch before the promise settles; the caller may then reuse its buffers. */
  write(batch: RecordBatch): Promise<void>;
  /**
   * Writes out what is held of the rows so far, as far as the format can: what came before ends its row group. Lets one hold many open files. A writer whose
   * files hold next to nothing needs none.
   */
  flush?(): Promise<void>;
  /** Completes the file. Nothing may be called afterwards. */
  close(): Promise<{ readonly rows: number }>;
  /** Frees everything without completing the file. Idempotent, allowed after an error. */
  abort(): Promise<void>;
}

/** A published shard, for {@link Writer.finalize}. */
export interface FinishedShard {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** A file beside the shards. */
export interface IndexFile {
  /** Its name in the output folder: no shard's, no hidden one's, without a separator. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** A slice of a collection's rows with how its source stored them, for choosing encodings. */
export interface TuningSample {
  readonly batch: RecordBatch;
  readonly columns: readonly ColumnStorage[];
  /** Rows that `columns` counts the bytes of: those of the file the slice came from. Without it, sizes are not compared. */
  readonly columnRows?: number | undefined;
  /** Rows of the collection this sample stands for. */
  readonly rows: number;
}

/** What bounds the memory of a shard writer. */
export interface WriterMemoryFacts {
  readonly rowGroupBytes: number;
  /** The part of the rows' Arrow data, from 0 to 1, that is in the largest leaf column; 0 if unknown. From samples. */
  readonly largestColumn: number;
  /** Arrow data of the largest shard, from samples: for formats of which nothing can be written before all of it is known. Undefined where no job is planned. */
  readonly shardBytes?: number;
}

export interface TuningOptions {
  readonly schema: Schema;
  readonly compression: CompressionCodec;
  readonly profile: WriterProfile;
  /** As in {@link WriterOptions}. */
  readonly rowGroupBytes: number;
  /** Rows of the largest shard: no row group has more. */
  readonly rowsPerShard: number;
}

/** Writes one output format. The bytes depend only on the options and on the batches fed, in order. */
export interface Writer extends PluginIdentity<'writer'> {
  readonly capabilities: Readonly<{
    compression: readonly CompressionCodec[];
    /**
     * Whether a file may hold any part of a shard, for results that are partitioned by a column: many are open at once, {@link WriterOptions.place} is not given, and
     * {@link Writer.finalize} is not called. False if left out.
     */
    partitions?: boolean;
  }>;
  /** With the dot. */
  readonly extension: string;
  create(target: ShardTarget, writerOptions: WriterOptions, options?: OperationOptions): Promise<ShardWriter>;
  /** Chooses encodings by size from samples, never by clock. Deterministic; the result survives JSON. */
  tune?(samples: readonly TuningSample[], tuningOptions: TuningOptions): Promise<JsonValue>;
  /**
   * Files that some formats need beside the shards: an index. Called on the main thread once all shards are at their final names, in order; what
   * comes out depends on nothing else. A run that was interrupted afterwards may call it again.
   */
  finalize?(shards: readonly FinishedShard[], writerOptions: WriterOptions): Promise<readonly IndexFile[]>;
  /** An upper estimate of everything that one open shard writer holds, in bytes. */
  estimateHeldBytes?(facts: WriterMemoryFacts): number;
  /** Bytes of memory held outside the JavaScript heap, at their high-water mark. */
  heldBytes?(): number;
}
