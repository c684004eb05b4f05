import type { WriterMemoryFacts } from '@riffle/core';
import { DEFERRED_BYTES } from './row-group.ts';
import { SLICE_BYTES } from './slices.ts';

const MIB = 2 ** 20;
/** The codec before it has encoded anything. */
const CODEC_BYTES = 4 * MIB;
/** Wasm memory for each byte encoded at once, at most: the stream, the decoded table, the pages, the file. Measured 2.5 to 4.8. */
const CODEC_FACTOR = 5;
/** The same for a column that gets a dictionary, which leaves small pages. Measured 2.5 to 3.9. */
const DEFERRED_FACTOR = 4;

/**
 * An upper estimate of what one open shard writer holds, in bytes: the codec's wasm memory, and in JavaScript buffers the encoded pages
 * of the open row group (all columns but the largest, which goes to the file at once) and one encoded batch.
 * The wasm memory is shared by all writers and readers of a thread.
 */
export function estimateHeldBytes({ rowGroupBytes, largestColumn }: WriterMemoryFacts): number {
  const codec =
    CODEC_BYTES + Math.max(CODEC_FACTOR * SLICE_BYTES, DEFERRED_FACTOR * Math.min(DEFERRED_BYTES, rowGroupBytes / 4));
  return codec + Math.ceil((1 - largestColumn) * rowGroupBytes) + 2 * SLICE_BYTES;
}
