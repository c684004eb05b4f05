import { BadContentError } from '@riffle/core';
import { CompressionType, compressionRegistry } from 'apache-arrow';
import { decompress } from 'fzstd';
import { decompressFrame } from './lz4-frame.ts';

/** In front of each compressed buffer stands how long it was. */
const LENGTH_BYTES = 8;

/** Memory for a buffer that is about to be decompressed, of the length that stands in front of it and was checked before. */
function roomFor(compressed: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = compressed;
  const declared = Number(new DataView(buffer, byteOffset - LENGTH_BYTES, LENGTH_BYTES).getBigInt64(0, true));
  return new Uint8Array(declared);
}

const wrongLength = (found: number, declared: number) =>
  new BadContentError(`A compressed buffer holds ${found} bytes and declares ${declared}.`, { kind: 'page' });

/** apache-arrow asks whatever is registered in the process, so this comes before each of its calls. */
export function registerCodecs(): void {
  compressionRegistry.set(CompressionType.ZSTD, {
    decode(compressed) {
      const room = roomFor(compressed);
      const bytes = decompress(compressed, room);
      if (bytes.length !== room.length) throw wrongLength(bytes.length, room.length);
      return bytes;
    },
  });
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode(compressed) {
      const room = roomFor(compressed);
      decompressFrame(compressed, room);
      return room;
    },
  });
}
