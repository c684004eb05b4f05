import type { LeafColumn } from '@riffle/codec-parquet';
import type { EncodedChunk, PageLocation } from './encoded-chunk.ts';
import { encodingNumbers, type EncodingName } from './leaf-encoding.ts';

/** A chunk that was encoded past the codec, with the number of its nulls. */
export interface DirectChunk {
  readonly chunk: EncodedChunk;
  readonly nulls: number;
}

/** Numbers of the Parquet specification. */
const physicalTypes = { INT32: 1, INT64: 2, BYTE_ARRAY: 6 } as const;
const encodingRunLength = 3;
const pageTypeData = 0;

/** Pages as they are without compression. */
const codecNone = 0;

/**
 * Puts pages of one encoding, without a dictionary, one after the other.
 * @param pages the bytes of each in parts, and its first row. @param place Room for so many bytes.
 * @param compression Parquet's number of the codec by which the pages are compressed, and their bytes before that.
 */
export function directChunk(
  leaf: LeafColumn,
  encoding: EncodingName,
  values: number,
  nulls: number,
  pages: readonly { readonly bytes: number; readonly firstRow: number; copyTo(target: Uint8Array, at: number): void }[],
  place: (bytes: number) => Uint8Array,
  compression?: { readonly codec: number; readonly uncompressedBytes: number },
): DirectChunk {
  const target = place(pages.reduce((sum, { bytes }) => sum + bytes, 0));
  const locations: PageLocation[] = [];
  let offset = 0;
  for (const page of pages) {
    page.copyTo(target, offset);
    locations.push({ offset, bytes: page.bytes, firstRow: page.firstRow });
    offset += page.bytes;
  }
  const number = encodingNumbers[encoding];
  const chunk = {
    leaf,
    pages: target,
    dictionaryBytes: 0,
    type: physicalTypes[leaf.element.physicalType as keyof typeof physicalTypes],
    codec: compression?.codec ?? codecNone,
    values,
    uncompressedBytes: compression?.uncompressedBytes ?? target.length,
    nulls,
    encodings: [encodingRunLength, number],
    pageCounts: [{ pageType: pageTypeData, encoding: number, count: pages.length }],
    locations,
  };
  return { chunk, nulls };
}
