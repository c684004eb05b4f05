import { RecordBatch, tableToIPC, Table, type Schema } from 'apache-arrow';

/** Marks the end of a stream. */
export const END = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

/** What a stream begins with: the schema. */
export function encodeStart(schema: Schema): Uint8Array {
  const stream = tableToIPC(new Table(schema), 'stream');
  return stream.subarray(0, stream.length - END.length);
}

/** One batch as a message with its body: what stands between schema and end of a stream of that batch alone. */
export function encodeBatch(schema: Schema, batch: RecordBatch, startBytes: number): Uint8Array {
  // With this very schema, whatever metadata the batch came with.
  const stream = tableToIPC(new Table([new RecordBatch(schema, batch.data)]), 'stream');
  return stream.subarray(startBytes, stream.length - END.length);
}
