import { Message } from 'apache-arrow';
import { type BodyCompression, RecordBatch as Header } from 'apache-arrow/ipc/metadata/message';

const CONTINUATION = 0xffffffff;

/** What a hostile writer may say of a batch. */
export interface ChangedHeader {
  readonly length?: number;
  readonly nodes?: readonly { readonly length: number; readonly nullCount: number }[];
  readonly buffers?: readonly { readonly offset: number; readonly length: number }[];
  readonly compression?: BodyCompression;
}

/** The parts of a stream of one schema and one batch. */
function partsOf(stream: Uint8Array) {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const batchAt = 8 + view.getInt32(4, true);
  const metadataBytes = view.getInt32(batchAt + 4, true);
  const message = Message.decode(stream.subarray(batchAt + 8, batchAt + 8 + metadataBytes));
  const bodyAt = batchAt + 8 + metadataBytes;
  return {
    schema: stream.subarray(0, batchAt),
    header: message.header() as unknown as Header,
    body: stream.subarray(bodyAt, bodyAt + message.bodyLength),
    rest: stream.subarray(bodyAt + message.bodyLength),
  };
}

/** Any message with its body. */
function messageOf(header: Header, body: Uint8Array): Uint8Array {
  const metadata = Message.encode(Message.from(header, body.length));
  const padded = new Uint8Array(Math.ceil(metadata.length / 8) * 8);
  padded.set(metadata);
  const prefix = new DataView(new ArrayBuffer(8));
  prefix.setUint32(0, CONTINUATION, true);
  prefix.setInt32(4, padded.length, true);
  return Buffer.concat([new Uint8Array(prefix.buffer), padded, body]);
}

/** The stream with another header in front of the same body, or of a changed one. */
export function changedBatch(
  stream: Uint8Array,
  change: (header: Header) => ChangedHeader,
  changeBody: (body: Uint8Array, header: Header) => Uint8Array | void = () => undefined,
): Uint8Array {
  const { schema, header, body, rest } = partsOf(stream);
  const { length, nodes, buffers, compression } = { ...change(header) };
  const changed = new Header(
    length ?? header.length,
    (nodes ?? header.nodes) as never,
    (buffers ?? header.buffers) as never,
    compression ?? header.compression,
    header.variadicBufferCounts,
  );
  const copy = Uint8Array.from(body);
  const own = changeBody(copy, header) ?? copy;
  return new Uint8Array(Buffer.concat([schema, messageOf(changed, own), rest]));
}
