import type { FragmentReadOptions, ReadableFile } from '@riffle/core';
import {
  planCut,
  type Cut,
  type PageHeader,
  type ParquetWasm,
  type RowGroup,
  type WasmBytes,
} from '@riffle/codec-parquet';
import { sizesFromPages, type DecodedSizes } from './decoded-bytes.ts';
import { dictionaryLengths } from './dictionary-lengths.ts';
import { streamedColumns } from './direct/direct-slices.ts';
import { fillCut } from './fill-cut.ts';
import type { OpenedFile } from './opened-file.ts';
import { scanRowGroup } from './scan-row-group.ts';
import { firstSliceRows } from './slice-rows.ts';
import { windowSource } from './window-source.ts';

/** What is known of a row group before it is decoded. */
export interface RowGroupPlan {
  /** Of each chunk. */
  readonly pages: readonly (readonly PageHeader[])[];
  readonly sizes: DecodedSizes;
  /** Bytes of Arrow data to decode at a time: the target, or more where pages are so large that less would save nothing. */
  readonly sliceBytes: number;
  /** Rows to decode first: all, if they are sure enough to fit. */
  readonly firstRows: number;
  /** The whole row group as a small file. */
  readonly cut: Cut;
  /** The same in the codec's memory, where it was read for scanning. The caller's to free. */
  readonly bytes: WasmBytes | undefined;
}

/**
 * A page is decompressed as a whole for every slice that needs a part of it. Slices of at least this part of the largest page
 * cost a few times its decoding at most, for a quarter more memory. DuckDB's pages hold a whole row group.
 */
const LEAST_PART_OF_PAGE = 1 / 4;

function sum(parts: readonly DecodedSizes[]): DecodedSizes {
  return {
    bounded: parts.reduce((total, { bounded }) => total + bounded, 0),
    expected: parts.reduce((total, { expected }) => total + expected, 0),
  };
}

/**
 * Scans the pages of a row group and sizes its first slice. A row group that is small in the file is read into the codec's
 * memory at once and scanned there; of others, no more is read than the scan needs.
 * @throws BadContentError naming row group and column.
 */
export async function planRowGroup(
  wasm: ParquetWasm,
  file: ReadableFile,
  opened: OpenedFile,
  rowGroup: RowGroup,
  options: FragmentReadOptions,
): Promise<RowGroupPlan> {
  const { footer, leaves } = opened;
  const { targetBatchBytes, limits, signal } = options;
  const { rows, chunks } = rowGroup;
  const fileBytes = chunks.reduce((total, chunk) => total + chunk.compressedBytes, 0);
  const cut = planCut(footer, rowGroup);
  const readFile = windowSource(file, { signal });
  const bytes = fileBytes <= targetBatchBytes ? await fillCut(wasm, file, cut, { signal }) : undefined;
  try {
    const pages = await scanRowGroup(
      rowGroup,
      (chunk, column) => (offset, length) =>
        bytes === undefined
          ? readFile(chunk.start + offset, length)
          : bytes.view().subarray(cut.chunkOffsets[column]! + offset, cut.chunkOffsets[column]! + offset + length),
      { limits, fileBytes: file.size, signal },
    );
    const parts = chunks.map((chunk, column) => sizesFromPages(chunk, leaves[column]!, rows, pages[column]!));
    const streamed = new Set(streamedColumns(opened, rowGroup, pages).map(({ column }) => column));
    const largestPage = pages
      .filter((_, column) => !streamed.has(column))
      .flat()
      .reduce((largest, page) => Math.max(largest, page.uncompressedBytes), 0);
    const sliceBytes = Math.max(targetBatchBytes, LEAST_PART_OF_PAGE * largestPage);
    if (firstSliceRows(rows, sliceBytes, sum(parts)) < rows) {
      for (const [column, chunk] of chunks.entries()) {
        const lengths = await dictionaryLengths(wasm, file, footer, rowGroup, chunk, pages[column]!, { signal });
        if (lengths !== undefined)
          parts[column] = sizesFromPages(chunk, leaves[column]!, rows, pages[column]!, lengths);
      }
    }
    const sizes = sum(parts);
    return { pages, sizes, sliceBytes, firstRows: firstSliceRows(rows, sliceBytes, sizes), cut, bytes };
  } catch (error) {
    bytes?.free();
    throw error;
  }
}
