/**
 * Field ids of the structs in a Parquet footer and page header, as far as they are used.
 * Source: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
 */

export const fileMetadataField = {
  version: 1,
  schema: 2,
  rows: 3,
  rowGroups: 4,
  keyValues: 5,
  createdBy: 6,
  columnOrders: 7,
  encryption: 8,
  signingKey: 9,
} as const;

export const keyValueField = { key: 1, value: 2 } as const;

export const schemaElementField = {
  type: 1,
  typeLength: 2,
  repetition: 3,
  name: 4,
  children: 5,
  convertedType: 6,
  scale: 7,
  precision: 8,
  fieldId: 9,
  logicalType: 10,
} as const;

export const rowGroupField = {
  columns: 1,
  bytes: 2,
  rows: 3,
  sorting: 4,
  fileOffset: 5,
  compressedBytes: 6,
  ordinal: 7,
} as const;

export const columnChunkField = {
  filePath: 1,
  fileOffset: 2,
  metadata: 3,
  offsetIndexOffset: 4,
  offsetIndexLength: 5,
  columnIndexOffset: 6,
  columnIndexLength: 7,
  crypto: 8,
  encryptedMetadata: 9,
} as const;

export const columnMetadataField = {
  type: 1,
  encodings: 2,
  path: 3,
  codec: 4,
  values: 5,
  uncompressedBytes: 6,
  compressedBytes: 7,
  keyValues: 8,
  dataPageOffset: 9,
  indexPageOffset: 10,
  dictionaryPageOffset: 11,
  statistics: 12,
  encodingStatistics: 13,
  bloomFilterOffset: 14,
  bloomFilterLength: 15,
  sizeStatistics: 16,
  geospatialStatistics: 17,
} as const;

export const statisticsField = { nulls: 3 } as const;
export const encodingStatisticsField = { pageType: 1, encoding: 2, pages: 3 } as const;
export const sizeStatisticsField = { unencodedByteArrayBytes: 1 } as const;

export const pageHeaderField = {
  type: 1,
  uncompressedBytes: 2,
  compressedBytes: 3,
  crc: 4,
  dataPage: 5,
  indexPage: 6,
  dictionaryPage: 7,
  dataPageV2: 8,
} as const;

export const dataPageField = { values: 1, encoding: 2, definitionEncoding: 3, repetitionEncoding: 4 } as const;
export const dictionaryPageField = { values: 1, encoding: 2 } as const;
export const dataPageV2Field = {
  values: 1,
  nulls: 2,
  rows: 3,
  encoding: 4,
  definitionBytes: 5,
  repetitionBytes: 6,
  compressed: 7,
} as const;
