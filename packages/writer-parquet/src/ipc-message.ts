import type { RecordBatch, Schema } from 'apache-arrow';
import { FieldNode, Message, RecordBatch as RecordBatchHeader } from 'apache-arrow/ipc/metadata/message';
import { VectorAssembler } from 'apache-arrow/visitor/vectorassembler';

/**
 * Arrow IPC messages that are copied straight to where they are needed (wasm memory), once. apache-arrow's own writer
 * would gather the whole stream in one JavaScript array first.
 * Source: https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format
 */
export interface IpcMessage {
  readonly byteLength: number;
  /** Writes all `byteLength` bytes to `target` from `position` on. Padding that it skips must be zero or may be anything. */
  copyTo(target: Uint8Array, position: number): void;
}

/** Rows and nulls of every field of a batch, depth first, as the IPC message lists them. */
export interface FieldCounts {
  readonly length: number;
  readonly nullCount: number;
}

export interface BatchMessage extends IpcMessage {
  readonly nodes: readonly FieldCounts[];
}

/** What ends a stream. */
export const endOfStream = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** The continuation mark, the length, the metadata, and padding to 8 bytes. */
function encapsulate(message: Message): Uint8Array {
  const metadata = Message.encode(message);
  const length = (metadata.byteLength + 7) & ~7;
  const bytes = new Uint8Array(8 + length);
  new DataView(bytes.buffer).setInt32(0, -1, true);
  new DataView(bytes.buffer).setInt32(4, length, true);
  bytes.set(metadata, 8);
  return bytes;
}

export function schemaMessage(schema: Schema): Uint8Array {
  return encapsulate(Message.from(schema));
}

/** The batch's buffers are read when `copyTo` is called. */
export function batchMessage(batch: RecordBatch): BatchMessage {
  const {
    nodes: assembled,
    bufferRegions,
    buffers,
    byteLength,
    variadicBufferCounts,
  } = VectorAssembler.assemble(batch);
  // apache-arrow leaves the nulls of its null type uncounted, which other implementations refuse.
  const nodes = assembled.map((node) => (node.nullCount < 0 ? new FieldNode(node.length, node.length) : node));
  const header = encapsulate(
    Message.from(new RecordBatchHeader(batch.numRows, nodes, bufferRegions, null, variadicBufferCounts), byteLength),
  );
  return {
    byteLength: header.length + byteLength,
    nodes,
    copyTo(target, position) {
      target.set(header, position);
      const body = position + header.length;
      for (const [index, { buffer, byteOffset, byteLength: length }] of buffers.entries()) {
        target.set(new Uint8Array(buffer, byteOffset, length), body + bufferRegions[index]!.offset);
      }
    },
  };
}

/** The message as bytes of its own, for a batch whose buffers will not live long enough. */
export function keptMessage(message: IpcMessage): IpcMessage {
  const bytes = new Uint8Array(message.byteLength);
  message.copyTo(bytes, 0);
  return { byteLength: bytes.length, copyTo: (target, position) => target.set(bytes, position) };
}
