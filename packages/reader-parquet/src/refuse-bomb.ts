import { BadContentError, type DecodeLimits } from '@riffle/core';

/** @throws BadContentError if `bytes`, decoded from a file of `fileBytes` bytes, exceed both limits. */
export function refuseBomb(bytes: number, fileBytes: number, limits: DecodeLimits | undefined): void {
  if (limits === undefined) return;
  const most = Math.max(limits.decodedBytes, Math.floor(limits.ratio * fileBytes));
  if (bytes <= most) return;
  // Not how many were seen: that depends on memory, and reasons stand in the manifest.
  throw new BadContentError(
    `A decompression bomb: ${fileBytes} bytes of file decode to more than ${most} bytes (limits: ${limits.decodedBytes} bytes and ${limits.ratio} times the file).`,
    { kind: 'bomb', mostBytes: most, fileBytes },
  );
}
