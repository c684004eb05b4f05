import { columnChunkField, columnMetadataField, fileMetadataField, rowGroupField } from './footer-fields.ts';
import type { Footer } from './footer.ts';
import type { ColumnChunk, RowGroup } from './row-group.ts';
import { thriftType } from './thrift-reader.ts';
import { copiedParts, integerPart, listPart, structBytes, structPart, type ThriftPart } from './thrift-writer.ts';

export const magic = Uint8Array.from([0x50, 0x41, 0x52, 0x31]);

const UNCOMPRESSED = 0;

/** A column chunk with its place in a small file. */
export interface PlacedChunk {
  readonly chunk: ColumnChunk;
  readonly dictionaryAt: number | undefined;
  readonly dataAt: number;
  /** Bytes of its pages in the small file, with headers. */
  readonly compressedBytes: number;
  /** Set if the pages are not the chunk's own but one page of so many rows without values, not compressed. */
  readonly hollowRows?: number;
}

/** What to put into the footer in place of what the source has. */
export interface FooterChanges {
  /** Replaces the schema, for instance to read a column's bytes without conversion. */
  readonly schema?: ThriftPart;
  /** Replaces every chunk's physical type (a number of the Parquet specification). */
  readonly physicalType?: number;
  /** Replaces the number of rows, and of values of every chunk. */
  readonly rows?: number;
  /** Leaves out key-value pairs, and so the Arrow schema that the writer noted there. */
  readonly withoutKeyValues?: boolean;
}

// Statistics, indexes and bloom filters are left out: they are not needed to decode, and some writers get them wrong.
const keptMetadata = [
  columnMetadataField.type,
  columnMetadataField.encodings,
  columnMetadataField.path,
  columnMetadataField.codec,
  columnMetadataField.values,
  columnMetadataField.uncompressedBytes,
];

function chunkBytes(
  footer: Footer,
  { chunk, dictionaryAt, dataAt, compressedBytes, hollowRows }: PlacedChunk,
  { physicalType, rows }: FooterChanges,
): Uint8Array {
  const { int32, int64 } = thriftType;
  const own = [
    integerPart(columnMetadataField.compressedBytes, int64, compressedBytes),
    integerPart(columnMetadataField.dataPageOffset, int64, dataAt),
    ...(dictionaryAt === undefined ? [] : [integerPart(columnMetadataField.dictionaryPageOffset, int64, dictionaryAt)]),
    ...(physicalType === undefined ? [] : [integerPart(columnMetadataField.type, int32, physicalType)]),
    ...(rows === undefined ? [] : [integerPart(columnMetadataField.values, int64, rows)]),
    ...(hollowRows === undefined
      ? []
      : [
          integerPart(columnMetadataField.codec, int32, UNCOMPRESSED),
          integerPart(columnMetadataField.values, int64, hollowRows),
          integerPart(columnMetadataField.uncompressedBytes, int64, compressedBytes),
        ]),
  ];
  const kept = copiedParts(footer.bytes, chunk.fields, keptMetadata).filter(
    ({ id }) => !own.some((part) => part.id === id),
  );
  return structBytes([
    integerPart(columnChunkField.fileOffset, int64, 0),
    structPart(columnChunkField.metadata, [...kept, ...own]),
  ]);
}

/** Metadata, its length and the magic. */
function tailOf(metadata: Uint8Array): Uint8Array {
  const tail = new Uint8Array(metadata.length + 8);
  tail.set(metadata);
  new DataView(tail.buffer).setUint32(metadata.length, metadata.length, true);
  tail.set(magic, metadata.length + 4);
  return tail;
}

function fileBytes(
  footer: Footer,
  rows: number,
  rowGroups: readonly Uint8Array[],
  { schema, withoutKeyValues }: FooterChanges,
): Uint8Array {
  const ids: number[] = [fileMetadataField.version, fileMetadataField.createdBy];
  if (schema === undefined) ids.push(fileMetadataField.schema, fileMetadataField.columnOrders);
  if (withoutKeyValues !== true) ids.push(fileMetadataField.keyValues);
  return structBytes([
    ...copiedParts(footer.bytes, footer.fields, ids),
    ...(schema === undefined ? [] : [schema]),
    integerPart(fileMetadataField.rows, thriftType.int64, rows),
    listPart(fileMetadataField.rowGroups, thriftType.struct, rowGroups),
  ]);
}

/** The end of a small file of one row group. */
export function cutTail(
  footer: Footer,
  rowGroup: RowGroup,
  placed: readonly PlacedChunk[],
  changes: FooterChanges,
): Uint8Array {
  const rows = changes.rows ?? rowGroup.rows;
  const rowGroupBytes = structBytes([
    listPart(
      rowGroupField.columns,
      thriftType.struct,
      placed.map((chunk) => chunkBytes(footer, chunk, changes)),
    ),
    ...copiedParts(footer.bytes, rowGroup.fields, [rowGroupField.bytes]),
    integerPart(rowGroupField.rows, thriftType.int64, rows),
  ]);
  return tailOf(fileBytes(footer, rows, [rowGroupBytes], changes));
}

/** A file of the same schema and key-value pairs without row groups, for asking the codec what the Arrow schema is. */
export function schemaOnlyFile(footer: Footer): Uint8Array {
  const tail = tailOf(fileBytes(footer, 0, [], {}));
  const file = new Uint8Array(magic.length + tail.length);
  file.set(magic);
  file.set(tail, magic.length);
  return file;
}
