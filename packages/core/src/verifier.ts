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
  | 'extra'
  | 'manifest';

/** One difference between what is there and what must be. */
export interface Finding {
  readonly file: string;
  readonly code: FindingCode;
  /** A sentence with both values. */
  readonly message: string;
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
