import { BadContentError, isBadContent, type DecodeLimits, type OperationOptions } from '@riffle/core';
import type { ColumnChunk, PageHeader, RowGroup } from '@riffle/codec-parquet';
import { refuseBomb } from './refuse-bomb.ts';
import { scanChunk, type ChunkSource } from './scan-chunk.ts';

/** Adds row group and column to a content error. */
function located(error: unknown, rowGroup: number, chunk: ColumnChunk): unknown {
  if (!isBadContent(error)) return error;
  const column = chunk.leaf.path.join('.');
  const code = error.code === 'UNSUPPORTED_CONTENT' ? 'UNSUPPORTED_CONTENT' : 'BAD_CONTENT';
  return new BadContentError(
    `Column ${column} of row group ${rowGroup}: ${error.message}`,
    { ...error.details, rowGroup, column },
    { code, cause: error.cause },
  );
}

export interface ScanOptions extends OperationOptions {
  readonly limits: DecodeLimits | undefined;
  readonly fileBytes: number;
}

/**
 * Walks the pages of all chunks of a row group before anything is decoded.
 * @param sourceOf where the bytes of a chunk come from.
 * @returns the pages of each chunk, in order.
 * @throws BadContentError naming row group and column, also where the pages alone exceed the limits.
 */
export async function scanRowGroup(
  rowGroup: RowGroup,
  sourceOf: (chunk: ColumnChunk, column: number) => ChunkSource,
  { limits, fileBytes, signal }: ScanOptions,
): Promise<PageHeader[][]> {
  let pageBytes = 0;
  const scanned: PageHeader[][] = [];
  for (const [column, chunk] of rowGroup.chunks.entries()) {
    signal?.throwIfAborted();
    try {
      const pages = await scanChunk(sourceOf(chunk, column), chunk, ({ uncompressedBytes }) => {
        pageBytes += uncompressedBytes;
        refuseBomb(pageBytes, fileBytes, limits);
      });
      scanned.push(pages);
    } catch (error) {
      throw located(error, rowGroup.index, chunk);
    }
  }
  return scanned;
}
