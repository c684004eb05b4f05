/** Parquet's encodings as a leaf can be given one, by their names in the specification, with their numbers. */
export const encodingNumbers = {
  PLAIN: 0,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  DELTA_BYTE_ARRAY: 7,
  RLE_DICTIONARY: 8,
  BYTE_STREAM_SPLIT: 9,
} as const;

export type EncodingName = keyof typeof encodingNumbers;

/** How one leaf column is written. */
export interface LeafEncoding {
  readonly encoding: EncodingName;
  /** Whether the file's codec is used; false stores the column uncompressed. */
  readonly compressed: boolean;
}

const byPhysicalType: Readonly<Record<string, readonly EncodingName[]>> = {
  BOOLEAN: ['PLAIN'],
  INT32: ['PLAIN', 'DELTA_BINARY_PACKED', 'RLE_DICTIONARY'],
  INT64: ['PLAIN', 'DELTA_BINARY_PACKED', 'RLE_DICTIONARY'],
  FLOAT: ['PLAIN', 'BYTE_STREAM_SPLIT', 'RLE_DICTIONARY'],
  DOUBLE: ['PLAIN', 'BYTE_STREAM_SPLIT', 'RLE_DICTIONARY'],
  BYTE_ARRAY: ['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY', 'RLE_DICTIONARY'],
  FIXED_LEN_BYTE_ARRAY: ['PLAIN', 'RLE_DICTIONARY'],
};

/**
 * The encodings that a leaf of a physical type can have, plain first. BYTE_STREAM_SPLIT of integers is left out, though
 * parquet-wasm writes it: the format has it since 2024 only, and DuckDB 1.5 does not read it.
 */
export function encodingsFor(physicalType: string): readonly EncodingName[] {
  return byPhysicalType[physicalType] ?? ['PLAIN'];
}

/** What a leaf gets that nothing is known about. */
export const defaultEncoding: LeafEncoding = { encoding: 'PLAIN', compressed: true };
