import { BadContentError } from '@riffle/core';
import { CompressionType } from 'apache-arrow';
import type { RecordBatch } from 'apache-arrow/ipc/metadata/message';

/** In front of each buffer of a compressed body stands how long it was. */
const LENGTH_BYTES = 8;
/** Stands for a buffer that was left as it is. */
const AS_IT_IS = -1n;

const damaged = (what: string) => new BadContentError(`A batch is damaged: ${what}.`, { kind: 'page' });

function refuseCodec({ type, method }: { readonly type: number; readonly method: number }): void {
  if ((type === CompressionType.LZ4_FRAME || type === CompressionType.ZSTD) && method === 0) return;
  throw new BadContentError(`It is compressed by a codec that Arrow does not name (${type}, ${method}).`, {
    kind: 'metadata',
  });
}

/**
 * The bytes of each buffer of a batch once it is decompressed, by what the batch and its body declare. Buffers must stand in the body one after the other.
 * @throws BadContentError for buffers outside of the body or in each other, and where they would decompress to more than `mostBytes`.
 */
export function bufferSizes(
  { buffers, compression }: RecordBatch,
  body: Uint8Array,
  mostBytes: number,
): { readonly sizes: readonly number[]; readonly decompressed: number } {
  const isCompressed = (compression ?? null) !== null;
  if (isCompressed) refuseCodec(compression!);
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  let end = 0;
  let decompressed = 0;
  const sizes = buffers.map(({ offset, length }) => {
    if (length === 0) return 0;
    if (!(length > 0 && offset >= 0 && offset + length <= body.length))
      throw damaged(`${length} bytes at ${offset} of a body of ${body.length}`);
    if (offset < end) throw damaged(`two of its buffers share bytes, at ${offset} of its body`);
    end = offset + length;
    if (!isCompressed) return length;
    if (length < LENGTH_BYTES) throw damaged(`a compressed buffer has ${length} bytes`);
    const declared = view.getBigInt64(offset, true);
    if (declared === AS_IT_IS) return length - LENGTH_BYTES;
    if (declared < 0n) throw damaged('a compressed buffer declares a negative length');
    decompressed += Number(declared);
    if (decompressed > mostBytes)
      throw new BadContentError(`A decompression bomb: a buffer of ${length} bytes declares ${declared}.`, {
        kind: 'bomb',
      });
    return Number(declared);
  });
  return { sizes, decompressed };
}
