import { BadContentError } from '@riffle/core';
import { ZSTDDecoder } from 'zstddec';

/** Twice as much fits in the memory of the codec, which is never more than 2 GiB. */
const LARGEST = 2 ** 29;

const zstd = new ZSTDDecoder();
let held = 0;

/** Makes the codec ready, once in each thread. */
export const loadZstd = (): Promise<void> => zstd.init();

/** Bytes that the codec holds at least: its memory grows and does not shrink. */
export const heldByZstd = (): number => held;

/**
 * Decompresses a buffer of `length` bytes by libzstd, which writes no more than that.
 * @throws BadContentError for what is damaged, or is not as long; `UNSUPPORTED_CONTENT` for more than 512 MiB.
 */
export function decompressZstd(compressed: Uint8Array, length: number): Uint8Array {
  if (length === 0) return new Uint8Array(0);
  if (Math.max(length, compressed.length) > LARGEST)
    throw new BadContentError(
      `A buffer of ${length} bytes is compressed as a whole, and at most ${LARGEST} are decompressed. Write it anew with smaller batches (max_chunksize).`,
      {},
      { code: 'UNSUPPORTED_CONTENT' },
    );
  held = Math.max(held, length + compressed.length);
  // It answers an error with no bytes.
  const bytes = zstd.decode(compressed, length);
  if (bytes.length === length) return bytes;
  throw new BadContentError('A buffer that ZSTD compressed is damaged, or is not as long as it declares.', {
    kind: 'page',
  });
}
