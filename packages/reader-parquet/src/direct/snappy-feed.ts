import type { ReadableFile } from '@riffle/core';
import { HISTORY_BYTES, readInto, type ByteFeed } from './byte-feed.ts';

/** Read at a time. */
const INPUT_BYTES = 512 * 1024;
/** The longest an element's tag can be, with its length or offset. */
const LONGEST_TAG = 5;

/**
 * Decompresses one block of Snappy a part at a time, so that a page of any size takes the memory of a window. Made for data that hardly
 * compresses.
 * Source: https://github.com/google/snappy/blob/main/format_description.txt
 * @param start where the block begins in the file, and how many bytes it has.
 * @param expected bytes that it must decompress to.
 */
export function createSnappyFeed(file: ReadableFile, start: number, stored: number, expected: number): ByteFeed {
  /** Bytes of the block that were read, and those of them that wait in `input`. */
  let read = 0;
  const input = new Uint8Array(Math.min(stored, INPUT_BYTES));
  let at = 0;
  let end = 0;
  /** What is left of the element at hand; `offset` is 0 for a literal. */
  let left = 0;
  let offset = 0;
  let produced = 0;
  let begun = false;

  async function refill(): Promise<void> {
    input.copyWithin(0, at, end);
    end -= at;
    at = 0;
    const taken = Math.min(input.length - end, stored - read);
    if (taken === 0) return;
    await readInto(file, input.subarray(end, end + taken), start + read);
    end += taken;
    read += taken;
  }

  /** Whether the block begins with the length that the page declares. */
  function takeLength(): boolean {
    let length = 0;
    for (let scale = 1; at < end && scale <= 2 ** 28; scale *= 128) {
      const byte = input[at++]!;
      length += (byte & 127) * scale;
      if (byte < 128) return length === expected;
    }
    return false;
  }

  /** Whether there is a next element, and it stays within the block. */
  function takeTag(): boolean {
    if (at >= end) return false;
    const tag = input[at++]!;
    const kind = tag & 3;
    if (kind === 0) {
      const bytes = Math.max(0, (tag >>> 2) - 59);
      if (at + bytes > end) return false;
      left = bytes === 0 ? tag >>> 2 : 0;
      for (let index = 0, scale = 1; index < bytes; index++, scale *= 256) left += input[at++]! * scale;
      left++;
      offset = 0;
    } else {
      const bytes = kind === 3 ? 4 : kind;
      if (at + bytes > end) return false;
      left = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      offset = kind === 1 ? (tag >>> 5) * 256 : 0;
      for (let index = 0, scale = 1; index < bytes; index++, scale *= 256) offset += input[at++]! * scale;
      if (offset === 0) return false;
    }
    return produced + left <= expected;
  }

  return {
    history: HISTORY_BYTES,
    async fill(window, from, to) {
      let out = from;
      while (out < to && produced < expected) {
        if (end - at < LONGEST_TAG && read < stored) await refill();
        if (!begun && !takeLength()) return undefined;
        begun = true;
        if (left === 0 && !takeTag()) return undefined;
        let taken = Math.min(left, to - out);
        if (offset === 0) {
          taken = Math.min(taken, end - at);
          if (taken === 0 && read === stored) return undefined;
          window.set(input.subarray(at, at + taken), out);
          at += taken;
        } else {
          if (offset > out) return undefined;
          // Byte by byte: what is copied may begin within itself.
          for (let index = out; index < out + taken; index++) window[index] = window[index - offset]!;
        }
        out += taken;
        left -= taken;
        produced += taken;
      }
      return out;
    },
    isAtEnd: () => produced === expected && at === end && read === stored,
  };
}
