import { createHash } from 'node:crypto';
import type { OperationOptions, ShardWriter, Storage, WritableFile, Writer, WriterOptions } from '@riffle/core';

/** Which file of the run's folder one is, and of what. */
export interface ShardFile {
  readonly shard: number;
  readonly file: string;
  /** Values of the columns that shards are divided by, which all rows of the file have; undefined if the file is the shard. */
  readonly partition?: readonly (string | null)[] | undefined;
}

/** A shard as it was written, or a part of one. */
export interface WrittenShard extends ShardFile {
  /** Fingerprint of its rows as they were dealt, 32 lower-case hexadecimal digits: only of a part, since that of a shard is known. */
  readonly fingerprint?: string | undefined;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** `00042.parquet` for shard 42. */
export function shardName(shard: number, extension: string): string {
  return `${String(shard).padStart(5, '0')}${extension}`;
}

/** One output shard being written, or a part of one. */
export interface OpenShard {
  readonly writer: ShardWriter;
  /**
   * Completes the file, or those of its parts. `durable` settles when all is on the disk, and need not be waited for before the next shard.
   */
  finish(): Promise<{ readonly shards: readonly WrittenShard[]; readonly durable: Promise<void> }>;
  abort(): Promise<void>;
}

async function syncAndClose(target: WritableFile): Promise<void> {
  try {
    await target.sync();
  } finally {
    await target.close();
  }
}

/** Counts and hashes what a writer writes, so that no writer has to be believed. */
export async function openShard(
  storage: Storage,
  writer: Writer,
  folder: string,
  shardFile: ShardFile,
  writerOptions: WriterOptions,
  options: OperationOptions,
): Promise<OpenShard> {
  const target = await storage.create(storage.join(folder, shardFile.file), { ...options, overwrite: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const write = async (chunk: Uint8Array) => {
    hash.update(chunk);
    bytes += chunk.byteLength;
    await target.write(chunk, options);
  };
  try {
    const shardWriter = await writer.create({ write }, writerOptions, options);
    return {
      writer: shardWriter,
      async finish() {
        const { rows } = await shardWriter.close();
        const durable = syncAndClose(target);
        // Awaited by the caller, later; until then a failure must not count as unhandled.
        durable.catch(() => undefined);
        return { shards: [{ ...shardFile, rows, bytes, sha256: hash.digest('hex') }], durable };
      },
      async abort() {
        await shardWriter.abort();
        await target.close();
      },
    };
  } catch (error) {
    await target.close();
    throw error;
  }
}
