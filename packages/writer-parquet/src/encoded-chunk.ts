import {
  columnChunkField,
  columnMetadataField,
  fieldsOf,
  integerOf,
  itemsOf,
  parseFooter,
  parseRowGroup,
  rowGroupField,
  type LeafColumn,
  type ThriftFields,
} from '@riffle/codec-parquet';

/** Pages of one encoding within a chunk. */
interface PageCount {
  readonly pageType: number;
  readonly encoding: number;
  readonly count: number;
}

export interface PageLocation {
  /** Bytes from the chunk's first byte. */
  readonly offset: number;
  /** With its header. */
  readonly bytes: number;
  /** First row of the page within the chunk. */
  readonly firstRow: number;
}

/** One column chunk of an encoded file, ready to become part of another file's chunk. */
export interface EncodedChunk {
  readonly leaf: LeafColumn;
  /** All its pages with their headers: a view of the encoded file. */
  readonly pages: Uint8Array;
  /** Bytes of the dictionary page at the front; 0 without one. */
  readonly dictionaryBytes: number;
  readonly type: number;
  readonly codec: number;
  readonly values: number;
  readonly uncompressedBytes: number;
  /** Undefined where no statistics were gathered. */
  readonly nulls: number | undefined;
  readonly encodings: readonly number[];
  readonly pageCounts: readonly PageCount[];
  readonly locations: readonly PageLocation[];
}

const statisticsNullCount = 3;
const pageCountField = { pageType: 1, encoding: 2, count: 3 } as const;
const offsetIndexLocations = 1;
const locationField = { offset: 1, bytes: 2, firstRow: 3 } as const;

function number(bytes: Uint8Array, fields: ThriftFields, id: number): number {
  return integerOf(bytes, fields.get(id)) ?? 0;
}

function locationsOf(
  file: Uint8Array,
  start: number,
  chunk: ThriftFields,
  footer: Uint8Array,
): readonly PageLocation[] {
  const offset = number(footer, chunk, columnChunkField.offsetIndexOffset);
  const index = file.subarray(offset, offset + number(footer, chunk, columnChunkField.offsetIndexLength));
  const items =
    index.length === 0
      ? []
      : itemsOf(index, fieldsOf(index, { type: 12, start: 0, end: index.length }).get(offsetIndexLocations));
  return items.map((item) => {
    const fields = fieldsOf(index, item);
    return {
      offset: number(index, fields, locationField.offset) - start,
      bytes: number(index, fields, locationField.bytes),
      firstRow: number(index, fields, locationField.firstRow),
    };
  });
}

/** The footer of a complete Parquet file in memory, parsed. */
export function footerOf(file: Uint8Array) {
  const end = file.length - 8;
  const length = new DataView(file.buffer, file.byteOffset, file.byteLength).getUint32(end, true);
  return parseFooter(file.subarray(end - length, end), file.length);
}

/** The column chunks of a file of exactly one row group, in order. */
export function chunksOf(file: Uint8Array): readonly EncodedChunk[] {
  const footer = footerOf(file);
  const rowGroup = parseRowGroup(footer, 0);
  const { bytes } = footer;
  const items = itemsOf(bytes, rowGroup.fields.get(rowGroupField.columns));
  return rowGroup.chunks.map((chunk, index) => {
    const { fields, start } = chunk;
    const counts = itemsOf(bytes, fields.get(columnMetadataField.encodingStatistics)).map((item) =>
      fieldsOf(bytes, item),
    );
    const statistics = fields.get(columnMetadataField.statistics);
    return {
      leaf: chunk.leaf,
      pages: file.subarray(start, start + chunk.compressedBytes),
      dictionaryBytes: chunk.dataPageOffset - start,
      type: number(bytes, fields, columnMetadataField.type),
      codec: number(bytes, fields, columnMetadataField.codec),
      values: chunk.values,
      uncompressedBytes: chunk.uncompressedBytes,
      nulls:
        statistics === undefined ? undefined : integerOf(bytes, fieldsOf(bytes, statistics).get(statisticsNullCount)),
      encodings: itemsOf(bytes, fields.get(columnMetadataField.encodings)).map((item) => integerOf(bytes, item) ?? 0),
      pageCounts: counts.map((count) => ({
        pageType: number(bytes, count, pageCountField.pageType),
        encoding: number(bytes, count, pageCountField.encoding),
        count: number(bytes, count, pageCountField.count),
      })),
      locations: locationsOf(file, start, fieldsOf(bytes, items[index]), bytes),
    };
  });
}
