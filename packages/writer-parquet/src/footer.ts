import {
  columnChunkField,
  copiedParts,
  fileMetadataField,
  integerPart,
  keyValueField,
  listPart,
  rowGroupField,
  structBytes,
  textPart,
  thriftType,
  type Footer,
} from '@riffle/codec-parquet';
import type { PageLocation } from './encoded-chunk.ts';
import { CREATED_BY } from './created-by.ts';

/** A column chunk that has been written. */
export interface WrittenChunk {
  /** Offset of its first byte in the file. */
  readonly position: number;
  readonly bytes: number;
  readonly uncompressedBytes: number;
  /** ColumnMetaData. */
  readonly metadata: Uint8Array;
  readonly locations: readonly PageLocation[];
}

export interface WrittenRowGroup {
  readonly rows: number;
  readonly chunks: readonly WrittenChunk[];
}

const { int16: INT16, int32: INT32, int64: INT64, struct: STRUCT } = thriftType;

/** The OffsetIndex of a chunk: where each data page starts, and with which row. */
function offsetIndexBytes({ position, locations }: WrittenChunk): Uint8Array {
  const items = locations.map(({ offset, bytes, firstRow }) =>
    structBytes([
      integerPart(1, INT64, position + offset),
      integerPart(2, INT32, bytes),
      integerPart(3, INT64, firstRow),
    ]),
  );
  return structBytes([listPart(1, STRUCT, items)]);
}

function sum(chunks: readonly WrittenChunk[], bytesOf: (chunk: WrittenChunk) => number): number {
  return chunks.reduce((total, chunk) => total + bytesOf(chunk), 0);
}

function rowGroupBytes(
  group: WrittenRowGroup,
  ordinal: number,
  indexes: readonly { readonly position: number; readonly bytes: number }[],
): Uint8Array {
  const columns = group.chunks.map((chunk, column) =>
    structBytes([
      integerPart(columnChunkField.fileOffset, INT64, 0),
      { id: columnChunkField.metadata, type: STRUCT, content: chunk.metadata },
      integerPart(columnChunkField.offsetIndexOffset, INT64, indexes[column]!.position),
      integerPart(columnChunkField.offsetIndexLength, INT32, indexes[column]!.bytes),
    ]),
  );
  return structBytes([
    listPart(rowGroupField.columns, STRUCT, columns),
    integerPart(
      rowGroupField.bytes,
      INT64,
      sum(group.chunks, (chunk) => chunk.uncompressedBytes),
    ),
    integerPart(rowGroupField.rows, INT64, group.rows),
    integerPart(rowGroupField.fileOffset, INT64, Math.min(...group.chunks.map((chunk) => chunk.position))),
    integerPart(
      rowGroupField.compressedBytes,
      INT64,
      sum(group.chunks, (chunk) => chunk.bytes),
    ),
    // An i16 in the format; optional, so it is left out where it would not fit.
    ...(ordinal < 32_768 ? [{ ...integerPart(rowGroupField.ordinal, INT32, ordinal), type: INT16 }] : []),
  ]);
}

/**
 * Everything after the last row group: the offset indexes, the file's metadata, its length and the magic.
 * The schema is taken over byte by byte from a file that parquet-wasm wrote, so no logical type is lost on the way.
 * @param position Where the first of these bytes will stand in the file.
 */
export function tailBytes(
  template: Footer,
  keyValues: ReadonlyMap<string, string>,
  groups: readonly WrittenRowGroup[],
  position: number,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = position;
  const items = groups.map((group, ordinal) => {
    const indexes = group.chunks.map((chunk) => {
      const index = offsetIndexBytes(chunk);
      pieces.push(index);
      at += index.length;
      return { position: at - index.length, bytes: index.length };
    });
    return rowGroupBytes(group, ordinal, indexes);
  });
  const pairs = [...keyValues].map(([key, value]) =>
    structBytes([textPart(keyValueField.key, key), textPart(keyValueField.value, value)]),
  );
  const metadata = structBytes([
    ...copiedParts(template.bytes, template.fields, [fileMetadataField.version, fileMetadataField.schema]),
    integerPart(
      fileMetadataField.rows,
      INT64,
      groups.reduce((rows, group) => rows + group.rows, 0),
    ),
    listPart(fileMetadataField.rowGroups, STRUCT, items),
    listPart(fileMetadataField.keyValues, STRUCT, pairs),
    textPart(fileMetadataField.createdBy, CREATED_BY),
  ]);
  const end = Buffer.alloc(8, 'PAR1', 'latin1');
  end.writeUInt32LE(metadata.length, 0);
  pieces.push(metadata, end);
  return pieces;
}
