import type { OperationOptions, PluginIdentity } from './plugin.ts';
import type { Reader } from './reader.ts';
import type { ReadableFile } from './storage.ts';

/** What one output shard must be. */
export interface ShardExpectation {
  readonly file: string;
  readonly rows: number;
  /** 32 lower-case hexadecimal digits; absent when only counts are checked. */
  readonly fingerprint?: string | undefined;
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  /** The treaty as an IPC stream of zero batches. */
  readonly schema: Uint8Array;
}

export type FindingCode =
  | 'missing'
  | 'empty'
  | 'unreadable'
  | 'bytes'
  | 'sha256'
  | 'rows'
  | 'schema'
  | 'fingerprint'
  | 'misplaced'
  | 'order'
  | 'extra'
  | 'manifest';

/** An input as the receipt names it, as far as a finding is about it. */
export interface InputPlace {
  readonly collection: string;
  readonly shard?: string;
  /** Relative to the collection. */
  readonly path?: string;
  /** Counted from 0 in the file. */
  readonly row?: number;
}

/** One difference between what is there and what must be. */
export interface Finding {
  /** The output shard, `.riffle/manifest.json`, or an input as `collection/path`. */
  readonly file: string;
  readonly code: FindingCode;
  /** A sentence with both values. */
  readonly message: string;
  /** The value found, where the finding is about one. */
  readonly found?: string | number;
  /** Row of the output shard, counted from 0. */
  readonly row?: number;
  /** Only where inputs were compared. */
  readonly input?: InputPlace;
}

export interface VerifyOptions extends OperationOptions {
  /** `full` decodes every row; `counts` reads metadata only. */
  readonly depth: 'full' | 'counts';
  readonly targetBatchBytes: number;
}

/** Checks one written shard. Reports differences as findings; throws only what depends on the machine. */
export interface Verifier extends PluginIdentity<'verifier'> {
  readonly capabilities: Readonly<{ depths: readonly ('full' | 'counts')[] }>;
  check(
    shard: ReadableFile,
    expectation: ShardExpectation,
    reader: Reader,
    options: VerifyOptions,
  ): Promise<readonly Finding[]>;
}
