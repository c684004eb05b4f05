import { readFileSync, writeFileSync } from 'node:fs';
import {
  columnChunkField,
  columnMetadataField,
  copiedParts,
  fieldsOf,
  fileMetadataField,
  integerPart,
  itemsOf,
  listPart,
  parseFooter,
  rowGroupField,
  structBytes,
  structPart,
  thriftType,
  type Footer,
  type ThriftValue,
} from '@riffle/codec-parquet';

const { int64, struct } = thriftType;

/** A row group of no rows whose chunks have no page, as some writers leave them behind. */
function emptyRowGroup({ bytes }: Footer, like: ThriftValue): Uint8Array {
  const chunks = itemsOf(bytes, fieldsOf(bytes, like).get(rowGroupField.columns)).map((chunk) => {
    const metadata = fieldsOf(bytes, fieldsOf(bytes, chunk).get(columnChunkField.metadata));
    const { type, encodings, path, codec, values, uncompressedBytes, compressedBytes, dataPageOffset } =
      columnMetadataField;
    return structBytes([
      integerPart(columnChunkField.fileOffset, int64, 0),
      structPart(columnChunkField.metadata, [
        ...copiedParts(bytes, metadata, [type, encodings, path, codec]),
        ...[values, uncompressedBytes, compressedBytes].map((id) => integerPart(id, int64, 0)),
        integerPart(dataPageOffset, int64, 4),
      ]),
    ]);
  });
  return structBytes([
    listPart(rowGroupField.columns, struct, chunks),
    integerPart(rowGroupField.bytes, int64, 0),
    integerPart(rowGroupField.rows, int64, 0),
  ]);
}

/** Rewrites the footer of a Parquet file so that a row group without rows stands before and after each that it has. */
export function addEmptyRowGroups(path: string): void {
  const file = readFileSync(path);
  const start = file.length - 8 - file.readUInt32LE(file.length - 8);
  const footer = parseFooter(file.subarray(start, -8), file.length);
  const empty = emptyRowGroup(footer, footer.rowGroups[0]!);
  const groups = footer.rowGroups.flatMap((group) => [footer.bytes.subarray(group.start, group.end), empty]);
  const { version, schema, rows, keyValues, createdBy, columnOrders, rowGroups } = fileMetadataField;
  const metadata = structBytes([
    ...copiedParts(footer.bytes, footer.fields, [version, schema, rows, keyValues, createdBy, columnOrders]),
    listPart(rowGroups, struct, [empty, ...groups]),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.length);
  writeFileSync(path, Buffer.concat([file.subarray(0, start), metadata, length, Buffer.from('PAR1')]));
}
