import { parseSegments, rowBytes, sliceBatch, unpackBatch, type ColumnBatch, type Segment, type Selection } from '@riffle/columnar';
import { RiffleError, type ReadableFile, type Storage } from '@riffle/core';
import { rangeOf, type Block, type MemoryBlock, type SpillBlock } from './block.ts';
import type { Move } from './move.ts';
import { bytesScratch, wordsScratch } from './scratch.ts';

/** All rows of one bucket with their final order: row `i` in order is row `selection.rows[i]` of source `selection.which[i]`. */
export interface BucketRows {
  readonly sources: readonly ColumnBatch[];
  readonly selection: Selection;
  /** Arrow bytes of every row of every source. */
  readonly sizes: readonly Float64Array[];
}

/** A block with its columns brought back to life. */
export type OpenBlock = SpillBlock | (Omit<MemoryBlock, 'batch'> & { readonly batch: ColumnBatch });

export function openBlock(block: Block, { template }: Move): OpenBlock {
  return block.kind === 'spill' ? block : { ...block, batch: unpackBatch(block.batch, template) };
}

interface SpillRange {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

const bucketScratch = bytesScratch();
const whichScratch = wordsScratch();
const rowsScratch = wordsScratch();

/** Marks a position that no segment has filled yet. */
const unfilled = 0xffffffff;

/** A bucket's part of one memory block, as views of it. */
function sliceOf({ batch, positions }: Extract<OpenBlock, { kind: 'memory' }>, start: number, end: number): Segment {
  return { ...sliceBatch(batch, start, end), positions: positions.subarray(start, end) };
}

/** A bucket's segments from all spill files, in one buffer. */
async function readSpill(storage: Storage, ranges: readonly SpillRange[]): Promise<Uint8Array> {
  const total = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  const bytes = bucketScratch.take(total);
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

/**
 * Brings a bucket's segments together and puts their rows in order.
 * `carried` are rows that come before all others: what was left over from the bucket before, in the same shard.
 * The result is valid until the next bucket is loaded.
 * @throws INTERNAL unless every position of the bucket is there exactly once.
 */
export async function loadBucket(storage: Storage, move: Move, bucket: number, blocks: readonly OpenBlock[], carried: ColumnBatch | undefined): Promise<BucketRows> {
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
