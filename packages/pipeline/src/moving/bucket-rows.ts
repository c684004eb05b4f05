import { parseSegments, rowBytes, type ColumnBatch, type Selection } from '@riffle/columnar';
import { RiffleError, type ReadableFile, type Storage } from '@riffle/core';
import type { BlockRange } from './block.ts';
import type { Move } from './move.ts';
import { bytesScratch, wordsScratch } from './scratch.ts';

/** All rows of one bucket with their final order: row `i` in order is row `selection.rows[i]` of source `selection.which[i]`. */
export interface BucketRows {
  readonly sources: readonly ColumnBatch[];
  readonly selection: Selection;
  /** Arrow bytes of every row of every source. */
  readonly sizes: readonly Float64Array[];
}

const bucketScratch = bytesScratch();
const whichScratch = wordsScratch();
const rowsScratch = wordsScratch();

/** Marks a position that no segment has filled yet. */
const unfilled = 0xffffffff;

/** Brings the ranges together in one buffer, read from start to end: what follows jumps about in it, within the cache if it can. */
async function readRanges(storage: Storage, ranges: readonly BlockRange[]): Promise<Uint8Array> {
  const total = ranges.reduce((sum, { length }) => sum + length, 0);
  const bucketBytes = bucketScratch.take(total);
  let at = 0;
  let open: { readonly name: string; readonly file: ReadableFile } | undefined;
  try {
    for (const { place, offset, length } of ranges) {
      if (place.kind === 'memory') {
        bucketBytes.set(place.bytes.subarray(offset, offset + length), at);
      } else {
        if (open?.name !== place.file) {
          await open?.file.close();
          open = undefined;
          open = { name: place.file, file: await storage.open(place.file) };
        }
        if (open.file.readInto === undefined) bucketBytes.set(await open.file.read(offset, length), at);
        else await open.file.readInto(bucketBytes.subarray(at, at + length), offset);
      }
      at += length;
    }
  } finally {
    await open?.file.close();
  }
  return bucketBytes;
}

/**
 * Brings a bucket's segments together and puts their rows in order.
 * `carried` are rows that come before all others: what was left over from the bucket before, in the same shard.
 * The result is valid until the next bucket is loaded.
 * @throws INTERNAL unless every position of the bucket is there exactly once.
 */
export async function loadBucket(storage: Storage, move: Move, bucket: number, ranges: readonly BlockRange[], carried: ColumnBatch | undefined): Promise<BucketRows> {
  const segments = parseSegments(await readRanges(storage, ranges), move.template);
  const expected = move.buckets.startOf(bucket + 1) - move.buckets.startOf(bucket);
  const before = carried?.rows ?? 0;
  const which = whichScratch.take(before + expected).fill(unfilled);
  const rows = rowsScratch.take(before + expected);
  which.fill(0, 0, before);
  for (let row = 0; row < before; row++) rows[row] = row;
  let found = 0;
  const shift = carried === undefined ? 0 : 1;
  for (const [index, { positions }] of segments.entries()) {
    for (let row = 0; row < positions.length; row++) {
      const position = positions[row]!;
      if (position >= expected || which[before + position] !== unfilled) throw new RiffleError('INTERNAL', `Bucket ${bucket}: position ${position} of ${expected} came twice or is outside.`);
      which[before + position] = index + shift;
      rows[before + position] = row;
    }
    found += positions.length;
  }
  if (found !== expected) throw new RiffleError('INTERNAL', `Bucket ${bucket} has ${found} rows instead of ${expected}.`);
  const sources: ColumnBatch[] = carried === undefined ? segments : [carried, ...segments];
  return { sources, selection: { which, rows }, sizes: sources.map(rowBytes) };
}
