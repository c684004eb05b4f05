import { RecordBatchStreamWriter, RecordBatchReader, type Schema, Table } from 'apache-arrow';

/** An Arrow schema as an IPC stream of zero batches: survives threads and files. */
export function schemaToBytes(schema: Schema): Uint8Array {
  return RecordBatchStreamWriter.writeAll(new Table(schema)).toUint8Array(true);
}

/** The reverse of {@link schemaToBytes}. @throws if the bytes are no Arrow IPC stream. */
export function schemaFromBytes(bytes: Uint8Array): Schema {
  return RecordBatchReader.from(bytes).open().schema;
}
