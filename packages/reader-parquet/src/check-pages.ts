import { crc32 } from 'node:zlib';
import { BadContentError, isBadContent, type DecodeLimits } from '@riffle/core';
import { pageHeaders, type ColumnChunk, type PageHeader, type RowGroup } from '@riffle/codec-parquet';
import type { ArrowLeaf } from './arrow-leaves.ts';
import { sizesFromPages, type DecodedSizes } from './decoded-bytes.ts';

/**
 * The most that a byte can decompress to, where the format bounds it: a page header that declares more lies, and must
 * not make the codec allocate. Snappy copies 64 bytes with 3; a byte of LZ4 length stands for 255; deflate reaches 1032.
 */
const largestExpansion: Readonly<Record<string, number>> = { UNCOMPRESSED: 1, SNAPPY: 24, LZ4: 256, LZ4_RAW: 256, GZIP: 1033 };

/** Allowance for tiny pages, where frames and headers weigh. */
const SMALL_PAGE = 1024;

function checkPage(bytes: Uint8Array, page: PageHeader, codec: string): void {
  const length = page.end - page.start;
  const expansion = largestExpansion[codec];
  if (expansion !== undefined && page.uncompressedBytes > length * expansion + (expansion === 1 ? 0 : SMALL_PAGE)) {
    throw new BadContentError(`A page is damaged: its header declares ${page.uncompressedBytes} bytes, more than ${length} bytes of ${codec} data can hold.`);
  }
  if (page.crc !== undefined && crc32(bytes.subarray(page.start, page.end)) !== page.crc) throw new BadContentError('A page CRC mismatch: the data was damaged after it was written.');
}

function place(error: unknown, rowGroup: number, chunk: ColumnChunk): unknown {
  if (!isBadContent(error)) return error;
  const column = chunk.leaf.path.join('.');
  const code = error.code === 'UNSUPPORTED_CONTENT' ? 'UNSUPPORTED_CONTENT' : 'BAD_CONTENT';
  return new BadContentError(`Column ${column} of row group ${rowGroup}: ${error.message}`, { ...error.details, rowGroup, column }, { code });
}

/**
 * Walks the page headers of a row group before anything is decoded: checks the CRCs that are there, that counts agree and
 * sizes are possible, and that the pages do not exceed the limits. Returns what the row group will take as Arrow data.
 * @param bytes holds the chunks at `chunkOffsets`.
 * @throws BadContentError naming row group and column.
 */
export function checkPages(
  bytes: Uint8Array,
  rowGroup: RowGroup,
  chunkOffsets: readonly number[],
  leaves: readonly ArrowLeaf[],
  limits: DecodeLimits | undefined,
  fileSize: number,
): DecodedSizes {
  let bounded = 0;
  let expected = 0;
  let pageBytes = 0;
  rowGroup.chunks.forEach((chunk, column) => {
    const pages: PageHeader[] = [];
    try {
      for (const page of pageHeaders(bytes, chunkOffsets[column]!, chunk)) {
        checkPage(bytes, page, chunk.codec);
        pages.push(page);
        pageBytes += page.uncompressedBytes;
        refuseBomb(pageBytes, fileSize, limits);
      }
    } catch (error) {
      throw place(error, rowGroup.index, chunk);
    }
    const sizes = sizesFromPages(chunk, leaves[column]!, rowGroup.rows, pages);
    bounded += sizes.bounded;
    expected += sizes.expected;
  });
  return { bounded, expected };
}

/** @throws BadContentError if `bytes`, decoded from a file of `fileSize` bytes, exceed both limits. */
export function refuseBomb(bytes: number, fileSize: number, limits: DecodeLimits | undefined): void {
  if (limits === undefined || bytes <= limits.decodedBytes || bytes <= limits.ratio * fileSize) return;
  throw new BadContentError(`A decompression bomb: ${fileSize} bytes of file decode to ${bytes} bytes and more (limits: ${limits.decodedBytes} bytes and ${limits.ratio} times the file).`, {
    decodedBytes: bytes,
    fileBytes: fileSize,
  });
}
