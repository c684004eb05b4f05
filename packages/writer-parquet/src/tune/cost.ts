import type { CompressionCodec } from '@riffle/core';
import type { EncodingName } from '../leaf-encoding.ts';

/** What a candidate would have to do, counted in a sample. */
export interface Work {
  readonly values: number;
  /** Bytes of the column's pages when stored plain and uncompressed. */
  readonly plainBytes: number;
  /** Bytes that the codec gets and gives; equal without a codec. */
  readonly encodedBytes: number;
  readonly storedBytes: number;
}

interface Factors {
  readonly value: number;
  readonly byte: number;
}

/**
 * Nanoseconds for encoding and decoding together, as measured with parquet-wasm 0.8.0 on Node 20 (docs/decisions/005-encoding-choice.md).
 * Constants, not clocks, so that every machine chooses the same.
 */
const fixedWidth: Readonly<Record<EncodingName, Factors>> = {
  PLAIN: { value: 0, byte: 0.8 },
  DELTA_BINARY_PACKED: { value: 6, byte: 1 },
  BYTE_STREAM_SPLIT: { value: 0, byte: 2.4 },
  RLE_DICTIONARY: { value: 35, byte: 0 },
  DELTA_LENGTH_BYTE_ARRAY: { value: 30, byte: 0.5 },
  DELTA_BYTE_ARRAY: { value: 80, byte: 0.5 },
};
const byteArrays: typeof fixedWidth = {
  ...fixedWidth,
  PLAIN: { value: 45, byte: 0.5 },
  RLE_DICTIONARY: { value: 65, byte: 0.5 },
};

const codecByte: Readonly<Record<CompressionCodec, number>> = {
  none: 0,
  snappy: 3,
  lz4: 3,
  zstd: 20,
  brotli: 26,
  gzip: 50,
};

/** Writing, hashing and reading back a stored byte. */
const STORED_BYTE = 3;

/** Relative cost of a candidate, in nanoseconds of the machine that the factors were measured on. */
export function costOf(encoding: EncodingName, codec: CompressionCodec, physicalType: string, work: Work): number {
  const { value, byte } = (physicalType === 'BYTE_ARRAY' ? byteArrays : fixedWidth)[encoding];
  return (
    value * work.values + byte * work.plainBytes + codecByte[codec] * work.encodedBytes + STORED_BYTE * work.storedBytes
  );
}
