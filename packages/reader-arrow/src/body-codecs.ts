import { BadContentError } from '@riffle/core';
import { CompressionType, compressionRegistry } from 'apache-arrow';
import { decompress } from 'fzstd';
import { decompressFrame } from 'lz4js';

/** Bytes that may still be decompressed for the batches at hand. */
let allowance = 0;

/** In front of each compressed buffer stands how long it was. */
const LENGTH_BYTES = 8;

/** Memory for a buffer that is about to be decompressed, of the length that stands in front of it. */
function roomFor(compressed: Uint8Array): Uint8Array {
  const { buffer, byteOffset } = compressed;
  const declared = Number(new DataView(buffer, byteOffset - LENGTH_BYTES, LENGTH_BYTES).getBigInt64(0, true));
  if (!(declared >= 0)) throw new BadContentError('A compressed buffer declares a negative length.', { kind: 'page' });
  if (declared > allowance)
    throw new BadContentError(`A decompression bomb: a buffer of ${compressed.length} bytes declares ${declared}.`, {
      kind: 'bomb',
    });
  allowance -= declared;
  return new Uint8Array(declared);
}

const wrongLength = (found: number, declared: number) =>
  new BadContentError(`A compressed buffer holds ${found} bytes and declares ${declared}.`, { kind: 'page' });

let registered = false;

function registerCodecs(): void {
  if (registered) return;
  registered = true;
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
      const found = decompressFrame(compressed, room);
      if (found !== room.length) throw wrongLength(found, room.length);
      return room;
    },
  });
}

/** Decodes with at most `bytes` of decompressed buffers. apache-arrow asks whatever is registered in the process; this is for its next call only. */
export function withinAllowance<Value>(bytes: number, decode: () => Value): Value {
  registerCodecs();
  allowance = bytes;
  return decode();
}
