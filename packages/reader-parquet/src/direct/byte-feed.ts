import type { OperationOptions, ReadableFile } from '@riffle/core';

/** Copies of Snappy reach back this far: its compressor works in blocks of 64 KiB. Those of others that reach further are left to the codec. */
export const HISTORY_BYTES = 64 * 1024;

/** The bytes of one page before compression, a part at a time. */
export interface ByteFeed {
  /** So many of the bytes before are needed. */
  readonly history: number;
  /**
   * Puts the next bytes into `window` from `from` to `to`, where the bytes before `from` are those that came last: all there were, or at
   * least `history`. Resolves to one past the last that it put, at least one unless the page is at its end, or undefined if the
   * page is damaged.
   */
  fill(window: Uint8Array, from: number, to: number): Promise<number | undefined>;
  /** Whether all of the page was given out, and nothing is left that belongs to no value. */
  isAtEnd(): boolean;
}

/** Reads bytes `offset …` of the file into all of `target`. */
export async function readInto(
  file: ReadableFile,
  target: Uint8Array,
  offset: number,
  options?: OperationOptions,
): Promise<void> {
  if (file.readInto === undefined) target.set(await file.read(offset, target.length, options));
  else await file.readInto(target, offset, options);
}
