import type { EncodedChunk } from '../encoded-chunk.ts';
import { encodingNumbers } from '../leaf-encoding.ts';

const DATA_PAGE = 0;
/** parquet-rs gives a dictionary up at 1 MiB and stores what follows plain; stay clear of it. */
const LARGEST_BYTES = 768 * 1024;
/** A dictionary that may come to be so large is only risked with a codec, since then plain pages would be compressed, too. */
const CERTAIN_BYTES = LARGEST_BYTES / 2;

/** An exponent so near to 1 is 1: values that are all different vary a little in length. */
const STEADY = 0.9;

/** Whether all values found their place in the dictionary. */
export function isWholeDictionary({ pageCounts }: EncodedChunk): boolean {
  return pageCounts.every(
    ({ pageType, encoding }) => pageType !== DATA_PAGE || encoding === encodingNumbers.RLE_DICTIONARY,
  );
}

/**
 * The size a dictionary will have grown to after `times` as many rows, judged by its size after a quarter, a half and the whole of the
 * sample. Growth is taken as a power of the rows whose exponent shrinks with every doubling as it did last: it stays for values that
 * never end, and fades for those that have mostly been seen.
 */
export function grownDictionary(quarter: number, half: number, whole: number, times: number): number {
  const before = Math.log2(half / Math.max(1, quarter));
  const last = Math.log2(whole / Math.max(1, half));
  if (times <= 1 || before <= 0 || last <= 0) return whole;
  if (last > STEADY) return whole * times;
  const fading = Math.min(1, last / before);
  let exponent = last;
  let growth = 0;
  for (let doublings = Math.log2(times); doublings > 0; doublings--) {
    exponent *= fading;
    growth += exponent * Math.min(1, doublings);
  }
  return whole * 2 ** growth;
}

/** Whether a dictionary of so many bytes can be had, with a codec or without. */
export function dictionaryFits(bytes: number, compressed: boolean): boolean {
  return bytes <= (compressed ? LARGEST_BYTES : CERTAIN_BYTES);
}
