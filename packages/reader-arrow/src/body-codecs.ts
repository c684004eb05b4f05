import { CompressionType, compressionRegistry } from 'apache-arrow';
import { decompressFrame } from './lz4-frame.ts';
import { decompressZstd } from './zstd.ts';

/** In front of each compressed buffer stands how long it was. */
const LENGTH_BYTES = 8;

/** Bytes of a buffer that is about to be decompressed, which stand in front of it and were checked before. */
function lengthOf({ buffer, byteOffset }: Uint8Array): number {
  return Number(new DataView(buffer, byteOffset - LENGTH_BYTES, LENGTH_BYTES).getBigInt64(0, true));
}

/** apache-arrow asks whatever is registered in the process, so this comes before each of its calls. */
export function registerCodecs(): void {
  compressionRegistry.set(CompressionType.ZSTD, {
    decode: (compressed) => decompressZstd(compressed, lengthOf(compressed)),
  });
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode(compressed) {
      const bytes = new Uint8Array(lengthOf(compressed));
      decompressFrame(compressed, bytes);
      return bytes;
    },
  });
}
