import type { OperationOptions, PluginIdentity } from './plugin.ts';

export type StorageEntryKind = 'file' | 'directory' | 'other';

/** One thing found below a folder. */
export interface StorageEntry {
  /** Relative to the listed folder, with `/` between segments. Lossy (U+FFFD) if the name is not UTF-8: see `readableName`. */
  readonly path: string;
  /** After following links. `other` covers FIFOs, sockets, devices, dangling and looping links. */
  readonly kind: StorageEntryKind;
  /** Bytes; 0 unless `kind` is `file`. */
  readonly size: number;
  /** False if the name cannot be written as UTF-8 text, so that `path` cannot be opened. */
  readonly readableName: boolean;
  /** Says why an entry is `other`, as part of a sentence ("a FIFO", "a dangling link"). */
  readonly note?: string;
  /** Equal for two paths that lead to the same file (device and inode, or the like). */
  readonly identity: string;
  /**
   * Differs once the file's content was changed, as far as the storage can tell (time of change, entity tag); undefined where it
   * cannot. Only compared for equality.
   */
  readonly version?: string;
}

/** A file opened for reading ranges. */
export interface ReadableFile {
  /** The location that was opened, for messages. */
  readonly location: string;
  /** Bytes, at opening. */
  readonly size: number;
  /** {@link StorageEntry.version} at opening. */
  readonly version?: string | undefined;
  /**
   * Reads exactly `length` bytes from byte `offset`. The caller owns the result.
   * @throws FileChangedError if fewer bytes are there than `size` promised.
   */
  read(offset: number, length: number, options?: OperationOptions): Promise<Uint8Array>;
  /**
   * Fills all of `target` from byte `offset`: saves a copy where the bytes must end up in memory that exists already
   * (a wasm heap). Errors as for `read`, with `target` partly filled.
   */
  readInto?(target: Uint8Array, offset: number, options?: OperationOptions): Promise<void>;
  close(): Promise<void>;
}

/** A new file being written from its start. */
export interface WritableFile {
  readonly location: string;
  /** Appends all of `bytes`, which the caller may reuse once the promise settles. */
  write(bytes: Uint8Array, options?: OperationOptions): Promise<void>;
  /** Makes what was written durable. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * All file access of Riffle goes through a Storage, so that faults can be injected there.
 * Locations are strings the storage understands (for `file`: paths of the operating system); `join` makes new ones.
 */
export interface Storage extends PluginIdentity<'storage'> {
  readonly capabilities: Readonly<{ rename: boolean; sync: boolean; freeSpace: boolean }>;
  join(location: string, ...segments: readonly string[]): string;
  /** The canonical location with links resolved, or of the nearest existing ancestor with the rest appended. */
  realLocation(location: string, options?: OperationOptions): Promise<string>;
  /** Undefined if nothing is there. Follows links. */
  stat(location: string, options?: OperationOptions): Promise<StorageEntry | undefined>;
  /**
   * The direct children of a folder, sorted by name as UTF-8 bytes; names only in `path`.
   * Never blocks on special files; never follows a loop.
   */
  list(location: string, options?: OperationOptions): Promise<readonly StorageEntry[]>;
  open(location: string, options?: OperationOptions): Promise<ReadableFile>;
  /**
   * Creates a new file, atomically: of two callers one succeeds. An existing one is an error unless `overwrite`: `STORAGE_FAILED`
   * with the detail `systemCode` `EEXIST`.
   */
  create(location: string, options?: OperationOptions & { readonly overwrite?: boolean }): Promise<WritableFile>;
  /** Makes a folder and the missing ones above it, durably where the storage can. One that is there is fine. */
  makeFolder(location: string, options?: OperationOptions): Promise<void>;
  /** Makes the entries of a folder (creations, renames, removals) durable. */
  syncFolder(location: string, options?: OperationOptions): Promise<void>;
  rename(from: string, to: string, options?: OperationOptions): Promise<void>;
  /** Removes a file, or a folder with all below it. Nothing there is not an error. */
  remove(location: string, options?: OperationOptions): Promise<void>;
  /** Free bytes for an unprivileged writer at this location, or undefined if that cannot be known. */
  freeSpace(location: string, options?: OperationOptions): Promise<number | undefined>;
}
