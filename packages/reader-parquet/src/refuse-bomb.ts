import { BadContentError, type DecodeLimits } from '@riffle/core';

/** @throws BadContentError if `bytes`, decoded from a file of `fileBytes` bytes, exceed both limits. */
export function refuseBomb(bytes: number, fileBytes: number, limits: DecodeLimits | undefined): void {
  if (limits === undefined || bytes <= limits.decodedBytes || bytes <= limits.ratio * fileBytes) return;
  throw new BadContentError(
    `A decompression bomb: ${fileBytes} bytes of file decode to ${bytes} bytes and more (limits: ${limits.decodedBytes} bytes and ${limits.ratio} times the file).`,
    { kind: 'bomb', decodedBytes: bytes, fileBytes },
  );
}
