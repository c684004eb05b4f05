import { compressBlock } from './numcodecs.ts';

/** Magic; version 1 with blocks that stand alone, no checksums; blocks of at most 4 MiB; checksum of these two bytes. */
const HEAD = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73);
const BLOCK_BYTES = 2 ** 22;
const NOT_COMPRESSED = 0x80000000;
/** In front of a block, its length; behind the last, zero. */
const WORD = 4;

/**
 * Compresses bytes as an LZ4 frame, the blocks by LZ4 itself (numcodecs).
 * Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md.
 */
export async function compressFrame(bytes: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [HEAD];
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    const plain = bytes.subarray(from, from + BLOCK_BYTES);
    const compressed = await compressBlock(plain);
    const isSmaller = compressed.length < plain.length;
    pieces.push(word(isSmaller ? compressed.length : NOT_COMPRESSED + plain.length), isSmaller ? compressed : plain);
  }
  pieces.push(word(0));
  return Buffer.concat(pieces);
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(WORD);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
