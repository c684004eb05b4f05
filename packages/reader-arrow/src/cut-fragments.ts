import type { BatchPlace } from './message-place.ts';

/** Batches are put together up to these bytes: writers make them of a thousand rows, and each fragment is planned by itself. */
const FRAGMENT_BYTES = 4 * 2 ** 20;
/** The part of a job that is planned by rows should not be one fragment. */
const FRAGMENT_ROWS = 2 ** 20;

/** Runs of batches. Depends on the file alone, since rows are found again by the numbers of fragments. */
export function cutFragments(batches: readonly BatchPlace[]): readonly (readonly BatchPlace[])[] {
  const fragments: BatchPlace[][] = [];
  let bytes = 0;
  let rows = 0;
  for (const batch of batches) {
    const size = batch.metadataBytes + batch.bodyBytes;
    const last = fragments.at(-1);
    if (last !== undefined && bytes + size <= FRAGMENT_BYTES && rows + batch.rows <= FRAGMENT_ROWS) {
      last.push(batch);
      bytes += size;
      rows += batch.rows;
    } else {
      fragments.push([batch]);
      bytes = size;
      rows = batch.rows;
    }
  }
  return fragments;
}
