import { createHash } from 'node:crypto';
import type { OperationOptions, ShardWriter, Storage, WritableFile, Writer, WriterOptions } from '@riffle/core';

export interface WrittenShard {
  readonly shard: number;
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** `00042.parquet` for shard 42. */
export function shardName(shard: number, extension: string): string {
  return `${String(shard).padStart(5, '0')}${extension}`;
}

/** One output shard being written. */
export interface OpenShard {
  readonly writer: ShardWriter;
  /**
   * Completes the file. `durable` settles when it is on the disk, and need not be waited for before the next shard.
   */
  finish(): Promise<{ readonly shard: WrittenShard; readonly durable: Promise<void> }>;
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
  shard: number,
  writerOptions: WriterOptions,
  options: OperationOptions,
): Promise<OpenShard> {
  const file = shardName(shard, writer.extension);
  const target = await storage.create(storage.join(folder, file), { ...options, overwrite: true });
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
        return { shard: { shard, file, rows, bytes, sha256: hash.digest('hex') }, durable };
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
