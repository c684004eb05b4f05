import { segmentBytes, writeSegment } from '@riffle/columnar';
import type { OperationOptions, Storage, WritableFile } from '@riffle/core';
import type { Block } from './block.ts';
import type { DealtBatch } from './dealt-batch.ts';

/** Where a scatter task puts its blocks. `none` decodes only, to find every bad shard. */
export type StoreChoice = { readonly kind: 'memory' } | { readonly kind: 'spill'; readonly file: string } | { readonly kind: 'none' };

/** Takes the dealt batches of one scatter task. */
export interface BlockStore {
  /** Writes one block holding these batches. They may be forgotten afterwards. */
  flush(batches: readonly DealtBatch[], firstBucket: number, bucketCount: number): Promise<Block | undefined>;
  close(): Promise<void>;
}

/** Bytes gathered before a write to a spill file. */
const stagingBytes = 4 * 2 ** 20;

function boundsOf(batches: readonly DealtBatch[], bucketCount: number): Float64Array {
  const bounds = new Float64Array(bucketCount + 1);
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    let bytes = 0;
    for (const { batch, bounds: rows } of batches) {
      if (rows[bucket + 1]! > rows[bucket]!) bytes += segmentBytes(batch, rows[bucket]!, rows[bucket + 1]!);
    }
    bounds[bucket + 1] = bounds[bucket]! + bytes;
  }
  return bounds;
}

function writeBucket(batches: readonly DealtBatch[], bucket: number, target: Uint8Array, start: number): void {
  let at = start;
  for (const { batch, positions, bounds } of batches) {
    if (bounds[bucket + 1]! > bounds[bucket]!) at = writeSegment(batch, positions, bounds[bucket]!, bounds[bucket + 1]!, target, at);
  }
}

function createMemoryStore(): BlockStore {
  return {
    async flush(batches, firstBucket, bucketCount) {
      const bounds = boundsOf(batches, bucketCount);
      const bytes = new Uint8Array(new SharedArrayBuffer(bounds[bucketCount]!));
      for (let bucket = 0; bucket < bucketCount; bucket++) writeBucket(batches, bucket, bytes, bounds[bucket]!);
      return { firstBucket, bounds, place: { kind: 'memory', bytes } };
    },
    async close() {},
  };
}

async function createSpillStore(storage: Storage, name: string, options: OperationOptions): Promise<BlockStore> {
  const file: WritableFile = await storage.create(name, { ...options, overwrite: true });
  let fileOffset = 0;
  let staging = new Uint8Array(stagingBytes);
  return {
    async flush(batches, firstBucket, bucketCount) {
      const bounds = boundsOf(batches, bucketCount);
      const offset = fileOffset;
      let staged = 0;
      const writeOut = async () => {
        if (staged > 0) await file.write(staging.subarray(0, staged), options);
        staged = 0;
      };
      for (let bucket = 0; bucket < bucketCount; bucket++) {
        const length = bounds[bucket + 1]! - bounds[bucket]!;
        if (staged + length > staging.length) await writeOut();
        if (length > staging.length) staging = new Uint8Array(length);
        // Segments rely on zeros in their padding only for equal files; the padding of reused bytes is never read.
        writeBucket(batches, bucket, staging, staged);
        staged += length;
      }
      await writeOut();
      if (staging.length > 4 * stagingBytes) staging = new Uint8Array(stagingBytes);
      fileOffset += bounds[bucketCount]!;
      return { firstBucket, bounds, place: { kind: 'spill', file: name, offset } };
    },
    close: () => file.close(),
  };
}

export async function openStore(choice: StoreChoice, storage: Storage, options: OperationOptions): Promise<BlockStore> {
  if (choice.kind === 'memory') return createMemoryStore();
  if (choice.kind === 'spill') return createSpillStore(storage, choice.file, options);
  return { flush: async () => undefined, close: async () => undefined };
}
