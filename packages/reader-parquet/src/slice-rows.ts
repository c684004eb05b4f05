import type { DecodedSizes } from './decoded-bytes.ts';

/** A slice decodes what it skips once more, so sizes grow fast; but not faster than what was seen can vouch for. */
const LARGEST_GROWTH = 8;

/** A last slice smaller than this part of the one before is not worth its skipping. */
const SMALLEST_REST = 0.25;

/** The first slice goes by what is expected, but should that be wrong, it must not pass the target more than this many times. */
const LARGEST_SURPRISE = 16;

/** Rows of the first slice of a row group of `rows` rows. */
export function firstSliceRows(rows: number, targetBytes: number, { bounded, expected }: DecodedSizes): number {
  const part = Math.min(targetBytes / expected, (LARGEST_SURPRISE * targetBytes) / bounded);
  return part >= 1 || expected === 0 ? rows : Math.max(1, Math.floor(rows * part));
}

/** Rows of the next slice, from the size of the last one. `remaining` is at least 1. */
export function nextSliceRows(
  remaining: number,
  targetBytes: number,
  last: { readonly rows: number; readonly bytes: number },
): number {
  const perRow = Math.max(last.bytes, 1) / last.rows;
  const wanted = Math.max(1, Math.floor(Math.min(LARGEST_GROWTH * last.rows, targetBytes / perRow)));
  const rest = remaining * perRow <= targetBytes * (1 + SMALLEST_REST) && remaining <= LARGEST_GROWTH * last.rows;
  return rest ? remaining : Math.min(wanted, remaining);
}
