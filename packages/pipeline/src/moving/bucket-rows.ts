import { parseSegments, rowBytes, type ColumnBatch, type Selection } from '@riffle/columnar';
import { RiffleError, type ReadableFile, type Storage } from '@riffle/core';
import type { BlockRange } from './block.ts';
import type { Move } from './move.ts';

/** All rows of one bucket with their final order: row `i` in order is row `selection.rows[i]` of source `selection.which[i]`. */
export interface BucketRows {
  readonly sources: readonly ColumnBatch[];
  readonly selection: Selection;
  /** Arrow bytes of every row of every source. */
  readonly sizes: readonly Float64Array[];
}

async function readRanges(storage: Storage, ranges: readonly BlockRange[]): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  let open: { readonly name: string; readonly file: ReadableFile } | undefined;
  try {
    for (const { place, offset, length } of ranges) {
      if (place.kind === 'memory') {
        parts.push(place.bytes.subarray(offset, offset + length));
        continue;
      }
      if (open?.name !== place.file) {
        await open?.file.close();
        open = undefined;
        open = { name: place.file, file: await storage.open(place.file) };
      }
      parts.push(await open.file.read(offset, length));
    }
  } finally {
    await open?.file.close();
  }
  return parts;
}

/**
 * Brings a bucket's segments together and puts their rows in order.
 * `carried` are rows that come before all others: what was left over from the bucket before, in the same shard.
 * @throws INTERNAL unless every position of the bucket is there exactly once.
 */
export async function loadBucket(storage: Storage, move: Move, bucket: number, ranges: readonly BlockRange[], carried: ColumnBatch | undefined): Promise<BucketRows> {
  const parts = await readRanges(storage, ranges);
  const segments = parts.flatMap((bytes) => parseSegments(bytes, move.template));
  const expected = move.buckets.startOf(bucket + 1) - move.buckets.startOf(bucket);
  const before = carried?.rows ?? 0;
  const which = new Uint32Array(before + expected);
  const rows = new Uint32Array(before + expected);
  for (let row = 0; row < before; row++) rows[row] = row;
  const filled = new Uint8Array(expected);
  let found = 0;
  const shift = carried === undefined ? 0 : 1;
  for (const [index, { positions }] of segments.entries()) {
    for (let row = 0; row < positions.length; row++) {
      const position = positions[row]!;
      if (position >= expected || filled[position] === 1) throw new RiffleError('INTERNAL', `Bucket ${bucket}: position ${position} of ${expected} came twice or is outside.`);
      filled[position] = 1;
      which[before + position] = index + shift;
      rows[before + position] = row;
    }
    found += positions.length;
  }
  if (found !== expected) throw new RiffleError('INTERNAL', `Bucket ${bucket} has ${found} rows instead of ${expected}.`);
  const sources: ColumnBatch[] = carried === undefined ? segments : [carried, ...segments];
  return { sources, selection: { which, rows }, sizes: sources.map(rowBytes) };
}
