import { BadContentError } from '@riffle/core';
import { CompressionCodecs, Encodings, PageTypes } from 'hyparquet/src/constants.js';
import {
  columnChunkField,
  columnMetadataField,
  encodingStatisticsField,
  rowGroupField,
  sizeStatisticsField,
  statisticsField,
} from './footer-fields.ts';
import type { Footer } from './footer.ts';
import type { LeafColumn } from './leaf-columns.ts';
import { fieldsOf, integerOf, itemsOf, type ThriftFields, type ThriftValue } from './thrift-reader.ts';

/** One leaf column of one row group. */
export interface ColumnChunk {
  readonly leaf: LeafColumn;
  /** Names of the Parquet specification, or `number n` for one that came later. */
  readonly codec: string;
  readonly encodings: readonly string[];
  /** Values with nulls and empty lists counted as one each. */
  readonly values: number;
  /** Bytes of all its pages in the file, headers included; the same uncompressed, as declared. */
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
  /** Offset in the file of the first page. */
  readonly start: number;
  readonly dataPageOffset: number;
  readonly dictionaryPageOffset: number | undefined;
  /** Declared sum of the lengths of all byte-array values, where the writer kept count. */
  readonly byteArrayBytes: number | undefined;
  /** ColumnMetaData in the footer, for copying. */
  readonly fields: ThriftFields;
}

export interface RowGroup {
  readonly index: number;
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
  readonly fields: ThriftFields;
}

/**
 * Parses row group `index` and checks it against the schema and the file's size.
 * @throws BadContentError naming row group and column.
 */
export function parseRowGroup(footer: Footer, index: number): RowGroup {
  const { bytes, leaves } = footer;
  const fields = fieldsOf(bytes, footer.rowGroups[index]);
  const rows = integerOf(bytes, fields.get(rowGroupField.rows)) ?? 0;
  const items = itemsOf(bytes, fields.get(rowGroupField.columns));
  if (items.length !== leaves.length) {
    throw new BadContentError(
      `Its counts disagree: the schema has ${leaves.length} columns, row group ${index} has ${items.length}.`,
      { kind: 'counts', rowGroup: index },
    );
  }
  const chunks = items.map((item, column) => parseChunk(footer, item, leaves[column]!, index, rows));
  return { index, rows, chunks, fields };
}

function parseChunk(footer: Footer, item: ThriftValue, leaf: LeafColumn, rowGroup: number, rows: number): ColumnChunk {
  const { bytes } = footer;
  const place = { rowGroup, column: leaf.path.join('.') };
  const where = `column ${place.column} of row group ${rowGroup}`;
  const chunk = fieldsOf(bytes, item);
  if (chunk.has(columnChunkField.crypto) || chunk.has(columnChunkField.encryptedMetadata)) {
    throw new BadContentError(
      `It is encrypted (${where}), which Riffle cannot read.`,
      { ...place, kind: 'encrypted', encrypted: true },
      { code: 'UNSUPPORTED_CONTENT' },
    );
  }
  if (chunk.has(columnChunkField.filePath)) {
    throw new BadContentError(`The data of ${where} lies in another file, which Riffle does not follow.`, place, {
      code: 'UNSUPPORTED_CONTENT',
    });
  }
  const fields = fieldsOf(bytes, chunk.get(columnChunkField.metadata));
  const number = (id: number, what: string): number => {
    const value = integerOf(bytes, fields.get(id));
    if (value === undefined || value < 0)
      throw new BadContentError(`Its footer is damaged: ${what} of ${where} is ${value ?? 'missing'}.`, {
        ...place,
        kind: 'metadata',
      });
    return value;
  };
  const values = number(columnMetadataField.values, 'the number of values');
  const compressedBytes = number(columnMetadataField.compressedBytes, 'the size');
  const uncompressedBytes = number(columnMetadataField.uncompressedBytes, 'the uncompressed size');
  const dataPageOffset = number(columnMetadataField.dataPageOffset, 'the offset of the first page');
  // Some writers put 0 where there is no dictionary page.
  const declaredDictionary = integerOf(bytes, fields.get(columnMetadataField.dictionaryPageOffset)) ?? 0;
  const dictionaryPageOffset =
    declaredDictionary > 0 && declaredDictionary < dataPageOffset ? declaredDictionary : undefined;
  const start = dictionaryPageOffset ?? dataPageOffset;
  // Where there are no rows, some writers note offsets of 0.
  if (rows > 0 && (start < 4 || start + compressedBytes > footer.fileSize - footer.bytes.length - 8)) {
    throw new BadContentError(
      `Its footer is damaged: bytes ${start} to ${start + compressedBytes} of ${where} are not within the data of the file (${footer.fileSize} bytes).`,
      { ...place, kind: 'metadata' },
    );
  }
  if (leaf.maximumRepetitionLevel === 0 ? values !== rows : values < rows) {
    throw new BadContentError(`Its counts disagree: ${where} has ${values} values for ${rows} rows.`, {
      ...place,
      kind: 'counts',
      values,
      rows,
    });
  }
  const sizes = fieldsOf(bytes, fields.get(columnMetadataField.sizeStatistics));
  return {
    leaf,
    values,
    compressedBytes,
    uncompressedBytes,
    start,
    dataPageOffset,
    dictionaryPageOffset,
    fields,
    codec: nameOf(CompressionCodecs, integerOf(bytes, fields.get(columnMetadataField.codec))),
    encodings: itemsOf(bytes, fields.get(columnMetadataField.encodings)).map((encoding) =>
      nameOf(Encodings, integerOf(bytes, encoding)),
    ),
    byteArrayBytes: integerOf(bytes, sizes.get(sizeStatisticsField.unencodedByteArrayBytes)),
  };
}

/** What the writer says of a chunk for people: believed by nobody who decodes. */
export interface ChunkNotes {
  readonly nulls: number | undefined;
  /** Encodings of the data pages, or undefined where the writer did not keep count. */
  readonly dataEncodings: readonly string[] | undefined;
}

/** @throws BadContentError if the notes are no valid Thrift */
export function chunkNotes({ bytes }: Footer, { fields }: ColumnChunk): ChunkNotes {
  const nulls = integerOf(
    bytes,
    fieldsOf(bytes, fields.get(columnMetadataField.statistics)).get(statisticsField.nulls),
  );
  const counted = itemsOf(bytes, fields.get(columnMetadataField.encodingStatistics)).map((item) =>
    fieldsOf(bytes, item),
  );
  const dataPages = counted.filter((entry) => {
    const pageType = PageTypes[integerOf(bytes, entry.get(encodingStatisticsField.pageType)) ?? -1];
    return pageType === 'DATA_PAGE' || pageType === 'DATA_PAGE_V2';
  });
  const encodings = dataPages.map((entry) =>
    nameOf(Encodings, integerOf(bytes, entry.get(encodingStatisticsField.encoding)) ?? -1),
  );
  return {
    nulls: nulls !== undefined && nulls >= 0 ? nulls : undefined,
    dataEncodings: encodings.length === 0 ? undefined : [...new Set(encodings)],
  };
}

function nameOf(names: readonly string[], index: number | undefined): string {
  return index === undefined ? 'UNCOMPRESSED' : (names[index] ?? `number ${index}`);
}
