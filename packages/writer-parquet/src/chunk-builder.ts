import {
  columnMetadataField,
  integerPart,
  listPart,
  structBytes,
  structPart,
  textPart,
  thriftType,
  type LeafColumn,
  type ThriftPart,
} from '@riffle/codec-parquet';
import type { EncodedChunk, PageLocation } from './encoded-chunk.ts';

/**
 * One column chunk of a row group, put together from the chunks of several encoded files. Data pages do not depend on
 * their place, so pages of files without a dictionary can follow each other; a chunk with a dictionary page stands alone.
 */
export interface ChunkBuilder {
  /** @param nulls Nulls among the chunk's values. @param rows Rows of the encoded file. */
  append(chunk: EncodedChunk, nulls: number, rows: number): void;
  /** Bytes of all pages so far. */
  readonly bytes: number;
  readonly uncompressedBytes: number;
  /** Gives out the pages that have not been given out before, in order: views of the encoded files. */
  takePieces(): readonly Uint8Array[];
  /** Copies the pages held, so that they no longer keep whole encoded files alive. */
  detach(): void;
  /** The Thrift struct ColumnMetaData for the chunk at `position` in the file. */
  metadata(position: number): Uint8Array;
  /** Where the data pages are, offsets counted from the chunk's first byte. */
  readonly locations: readonly PageLocation[];
}

function numberItem(value: number): Uint8Array {
  return integerPart(0, thriftType.int32, value).content;
}

export function createChunkBuilder(leaf: LeafColumn): ChunkBuilder {
  let pieces: Uint8Array[] = [];
  const locations: PageLocation[] = [];
  const encodings = new Set<number>();
  const pageCounts = new Map<string, [pageType: number, encoding: number, count: number]>();
  let first: EncodedChunk | undefined;
  let bytes = 0;
  let uncompressedBytes = 0;
  let values = 0;
  let nulls = 0;
  let rows = 0;

  return {
    locations,
    get bytes() {
      return bytes;
    },
    get uncompressedBytes() {
      return uncompressedBytes;
    },
    append(chunk, chunkNulls, chunkRows) {
      first ??= chunk;
      for (const { offset, bytes: length, firstRow } of chunk.locations)
        locations.push({ offset: bytes + offset, bytes: length, firstRow: rows + firstRow });
      for (const encoding of chunk.encodings) encodings.add(encoding);
      for (const { pageType, encoding, count } of chunk.pageCounts) {
        const key = `${pageType}/${encoding}`;
        pageCounts.set(key, [pageType, encoding, count + (pageCounts.get(key)?.[2] ?? 0)]);
      }
      pieces.push(chunk.pages);
      bytes += chunk.pages.length;
      uncompressedBytes += chunk.uncompressedBytes;
      values += chunk.values;
      nulls += chunkNulls;
      rows += chunkRows;
    },
    takePieces() {
      const taken = pieces;
      pieces = [];
      return taken;
    },
    detach() {
      pieces = pieces.map((piece) => (piece.byteLength === piece.buffer.byteLength ? piece : piece.slice()));
    },
    metadata(position) {
      const { type, codec, dictionaryBytes } = first!;
      const field = columnMetadataField;
      const parts: ThriftPart[] = [
        integerPart(field.type, thriftType.int32, type),
        listPart(
          field.encodings,
          thriftType.int32,
          [...encodings].toSorted((left, right) => left - right).map(numberItem),
        ),
        listPart(
          field.path,
          thriftType.binary,
          leaf.path.map((name) => textPart(0, name).content),
        ),
        integerPart(field.codec, thriftType.int32, codec),
        integerPart(field.values, thriftType.int64, values),
        integerPart(field.uncompressedBytes, thriftType.int64, uncompressedBytes),
        integerPart(field.compressedBytes, thriftType.int64, bytes),
        integerPart(field.dataPageOffset, thriftType.int64, position + dictionaryBytes),
        structPart(field.statistics, [integerPart(3, thriftType.int64, nulls)]),
        listPart(
          field.encodingStatistics,
          thriftType.struct,
          [...pageCounts.values()].map((count) =>
            structBytes(count.map((value, index) => integerPart(index + 1, thriftType.int32, value))),
          ),
        ),
      ];
      if (dictionaryBytes > 0) parts.push(integerPart(field.dictionaryPageOffset, thriftType.int64, position));
      return structBytes(parts);
    },
  };
}
