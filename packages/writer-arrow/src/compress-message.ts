import { CompressionType, Message } from 'apache-arrow';
import { BodyCompression, BufferRegion, RecordBatch } from 'apache-arrow/ipc/metadata/message';
import { compressFrame } from './lz4-frame.ts';
import { compressZstd } from './numcodecs.ts';

/** How buffers are compressed. */
export interface BodyCodec {
  readonly type: CompressionType;
  readonly compress: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Larger buffers stay as they are. */
  readonly mostBytes: number;
}

/** Compressed as a whole; twice as much fits in the memory of the codec. */
const ZSTD_BYTES = 2 ** 29;
/** The marker of a message and its length. */
const PREFIX = 8;
const CONTINUATION = 0xffffffff;
/** In front of a compressed buffer stands how long it is without. */
const LENGTH_BYTES = 8;
/** Instead of it: the buffer is as it was, since it would not be smaller. */
const AS_IT_IS = -1n;

/** Undefined for none. */
export function codecOf(compression: string): BodyCodec | undefined {
  if (compression === 'lz4') return { type: CompressionType.LZ4_FRAME, compress: compressFrame, mostBytes: Infinity };
  if (compression !== 'zstd') return undefined;
  return { type: CompressionType.ZSTD, compress: compressZstd, mostBytes: ZSTD_BYTES };
}

const padded = (bytes: number) => Math.ceil(bytes / 8) * 8;

/**
 * A record batch as a message with its body, anew with each buffer of the body compressed.
 * Source: Arrow columnar format, "Compression" of "Recordbatch message".
 */
export async function compressMessage(message: Uint8Array, codec: BodyCodec): Promise<Uint8Array> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const bodyAt = PREFIX + view.getInt32(4, true);
  const header: unknown = Message.decode(message.subarray(PREFIX, bodyAt)).header();
  if (!(header instanceof RecordBatch)) return message;
  const pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  const regions: BufferRegion[] = [];
  let at = 0;
  for (const { offset, length } of header.buffers) {
    const bytes =
      length === 0
        ? new Uint8Array(0)
        : await compressed(message.subarray(bodyAt + offset, bodyAt + offset + length), codec);
    regions.push(new BufferRegion(at, bytes.length));
    pieces.push({ at, bytes });
    at += padded(bytes.length);
  }
  const { length, nodes, variadicBufferCounts } = header;
  const changed = new RecordBatch(length, nodes, regions, new BodyCompression(codec.type), variadicBufferCounts);
  const metadata = Message.encode(Message.from(changed, at));
  const out = new Uint8Array(PREFIX + padded(metadata.length) + at);
  const words = new DataView(out.buffer);
  words.setUint32(0, CONTINUATION, true);
  words.setInt32(4, padded(metadata.length), true);
  out.set(metadata, PREFIX);
  for (const piece of pieces) out.set(piece.bytes, PREFIX + padded(metadata.length) + piece.at);
  return out;
}

async function compressed(bytes: Uint8Array, { compress, mostBytes }: BodyCodec): Promise<Uint8Array> {
  const found = bytes.length > mostBytes ? bytes : await compress(bytes);
  const isSmaller = found.length < bytes.length;
  const content = isSmaller ? found : bytes;
  const out = new Uint8Array(LENGTH_BYTES + content.length);
  new DataView(out.buffer).setBigInt64(0, isSmaller ? BigInt(bytes.length) : AS_IT_IS, true);
  out.set(content, LENGTH_BYTES);
  return out;
}
