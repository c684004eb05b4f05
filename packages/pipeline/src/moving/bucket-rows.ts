import {
  orderBatch,
  parseSegments,
  sliceBatch,
  unpackBatch,
  type Allocate,
  type ColumnBatch,
  type Segment,
} from '@riffle/columnar';
import { RiffleError, type ReadableFile, type Storage } from '@riffle/core';
import { rangeOf, type Block, type MemoryBlock, type SpillBlock } from './block.ts';
import type { Move } from './move.ts';
import { bytesScratch, wordsScratch } from './scratch.ts';

type OpenMemoryBlock = Omit<MemoryBlock, 'batch'> & { readonly batch: ColumnBatch };

/** A block with its columns brought back to life. */
export type OpenBlock = SpillBlock | OpenMemoryBlock;

export function openBlock(block: Block, { template }: Move): OpenBlock {
  return block.kind === 'spill' ? block : { ...block, batch: unpackBatch(block.batch, template) };
}

interface SpillRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

const spillScratch = bytesScratch();
const seenScratch = bytesScratch();
const placesScratch = wordsScratch();

/** A bucket's part of one memory block, as views of it. */
function sliceOf({ batch, positions }: OpenMemoryBlock, start: number, end: number): Segment {
  return { ...sliceBatch(batch, start, end), positions: positions.subarray(start, end) };
}

/** A bucket's segments from all spill files, in one buffer. */
async function readSpill(storage: Storage, ranges: readonly SpillRange[]): Promise<Uint8Array> {
  const total = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const bytes = spillScratch.take(total);
  let at = 0;
  let open: { readonly name: string; readonly file: ReadableFile } | undefined;
  try {
    for (const { file: name, start, end } of ranges) {
      if (open?.name !== name) {
        await open?.file.close();
        open = undefined;
        open = { name, file: await storage.open(name) };
      }
      const target = bytes.subarray(at, at + end - start);
      if (open.file.readInto === undefined) target.set(await open.file.read(start, end - start));
      else await open.file.readInto(target, start);
      at += end - start;
    }
  } finally {
    await open?.file.close();
  }
  return bytes;
}

/** @throws INTERNAL unless every position of the bucket is there exactly once. */
function checkPositions(bucket: number, segments: readonly Segment[], expected: number): void {
  const seen = seenScratch.take(expected).fill(0);
  let found = 0;
  for (const { positions } of segments) {
    for (let row = 0; row < positions.length; row++) {
      const position = positions[row]!;
      if (position >= expected || seen[position] === 1)
        throw new RiffleError(
          'INTERNAL',
          `Bucket ${bucket}: position ${position} of ${expected} came twice or is outside.`,
        );
      seen[position] = 1;
    }
    found += positions.length;
  }
  if (found !== expected)
    throw new RiffleError('INTERNAL', `Bucket ${bucket} has ${found} rows instead of ${expected}.`);
}

/** Where the rows go in the bucket's batch, after `before` others. */
function placesOf(segments: readonly Segment[], before: number): readonly Uint32Array[] {
  if (before === 0) return segments.map(({ positions }) => positions);
  const all = placesScratch.take(segments.reduce((sum, { positions }) => sum + positions.length, 0));
  let at = 0;
  return segments.map(({ positions }) => {
    const own = all.subarray(at, at + positions.length);
    for (let row = 0; row < own.length; row++) own[row] = positions[row]! + before;
    at += own.length;
    return own;
  });
}

/**
 * Brings a bucket's rows together in their final order, behind `carried`: what was left over from the bucket before, in the
 * same shard. The result's memory comes from `allocate`.
 * @throws INTERNAL unless every position of the bucket is there exactly once.
 */
export async function loadBucket(
  storage: Storage,
  move: Move,
  bucket: number,
  blocks: readonly OpenBlock[],
  carried: ColumnBatch | undefined,
  allocate: Allocate,
): Promise<ColumnBatch> {
  const spilled: SpillRange[] = [];
  const segments: Segment[] = [];
  for (const block of blocks) {
    const range = rangeOf(block, bucket);
    if (range === undefined) continue;
    if (block.kind === 'spill') spilled.push({ file: block.file, start: range[0], end: range[1] });
    else segments.push(sliceOf(block, range[0], range[1]));
  }
  if (spilled.length > 0) segments.push(...parseSegments(await readSpill(storage, spilled), move.template));
  const expected = move.buckets.startOf(bucket + 1) - move.buckets.startOf(bucket);
  checkPositions(bucket, segments, expected);
  const before = carried?.rows ?? 0;
  const places = placesOf(segments, before);
  if (carried === undefined) return orderBatch(segments, places, expected, allocate);
  const first = Uint32Array.from({ length: before }, (_, row) => row);
  return orderBatch([carried, ...segments], [first, ...places], before + expected, allocate);
}
