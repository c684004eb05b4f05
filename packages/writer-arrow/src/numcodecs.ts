import LZ4 from 'numcodecs/lz4';
import Zstd from 'numcodecs/zstd';

/** The types of numcodecs name each other without endings, which Node's rules do not find. */
interface Codec {
  encode(bytes: Uint8Array): Promise<Uint8Array>;
}
interface Codecs {
  fromConfig(config: { readonly id: string; readonly level?: number }): Codec;
}

const lz4 = (LZ4 as Codecs).fromConfig({ id: 'lz4' });
const zstd = (Zstd as Codecs).fromConfig({ id: 'zstd', level: 3 });

/** numcodecs writes the length of the content in front of what LZ4 compresses. */
const LENGTH_BYTES = 4;

/** One block, of at most 2 GB. */
export async function compressBlock(bytes: Uint8Array): Promise<Uint8Array> {
  return (await lz4.encode(bytes)).subarray(LENGTH_BYTES);
}

/** One frame, at level 3. Twice the bytes fit in the memory of the codec, which is never more than 2 GiB. */
export function compressZstd(bytes: Uint8Array): Promise<Uint8Array> {
  return zstd.encode(bytes);
}
