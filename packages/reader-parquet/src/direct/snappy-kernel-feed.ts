import type { ReadableFile } from '@riffle/core';
import { afterSnappyLength, snappyKernel, type SnappyPart } from '@riffle/codec-parquet';
import { HISTORY_BYTES, readInto, type ByteFeed } from './byte-feed.ts';

/** Read at a time. */
const INPUT_BYTES = 512 * 1024;
/** Bytes of the length at the front, at most. */
const LONGEST_LENGTH = 5;

/**
 * Decompresses one block of Snappy a part at a time, through the kernel: for data that compresses, such as text.
 * @param start where the block begins in the file, and how many bytes it has.
 * @param expected bytes that it must decompress to.
 */
export function createSnappyKernelFeed(file: ReadableFile, start: number, stored: number, expected: number): ByteFeed {
  const input = new Uint8Array(Math.min(stored, INPUT_BYTES));
  const part: SnappyPart = { input, at: 0, end: 0, isLast: stored === 0, left: 0 };
  /** Bytes of the block that were read. */
  let read = 0;
  let produced = 0;

  async function refill(): Promise<void> {
    input.copyWithin(0, part.at, part.end);
    part.end -= part.at;
    part.at = 0;
    const taken = Math.min(input.length - part.end, stored - read);
    await readInto(file, input.subarray(part.end, part.end + taken), start + read);
    part.end += taken;
    read += taken;
    part.isLast = read === stored;
  }

  async function begin(): Promise<boolean> {
    while (read < Math.min(stored, LONGEST_LENGTH)) await refill();
    const after = afterSnappyLength(input.subarray(0, part.end), expected);
    part.at = after ?? 0;
    return after !== undefined;
  }

  return {
    history: HISTORY_BYTES,
    async fill(window, from, to) {
      if (read === 0 && !(await begin())) return undefined;
      let out = from;
      while (out === from && produced < expected) {
        const next = snappyKernel().decompressPart(part, window, from, to, expected - produced);
        if (next === undefined) return undefined;
        produced += next - from;
        out = next;
        if (out > from) break;
        // No whole element is at hand.
        if (part.isLast) return undefined;
        await refill();
      }
      return out;
    },
    isAtEnd: () => produced === expected && part.left === 0 && part.at === part.end && read === stored,
  };
}
