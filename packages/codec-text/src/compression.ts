/** How the bytes of a text are stored, by the magic of the formats: gzip (RFC 1952), zstd (RFC 8878, also its skippable frames). */
export type TextCompression = 'none' | 'gzip' | 'zstd';

export function compressionOf(head: Uint8Array): TextCompression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  if (head[0] !== undefined && head[0] >> 4 === 5 && head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18)
    return 'zstd';
  return 'none';
}
