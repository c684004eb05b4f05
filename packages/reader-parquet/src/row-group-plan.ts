import type { FragmentReadOptions, ReadableFile } from '@riffle/core';
import { planCut, type PageHeader, type ParquetWasm, type RowGroup, type WasmBytes } from '@riffle/codec-parquet';
import { sizesFromPages, type DecodedSizes } from './decoded-bytes.ts';
import { dictionaryLengths } from './dictionary-lengths.ts';
import { fillCut } from './fill-cut.ts';
import type { OpenedFile } from './opened-file.ts';
import { scanRowGroup } from './scan-row-group.ts';
import { firstSliceRows } from './slice-rows.ts';

/** What is known of a row group before it is decoded. */
export interface RowGroupPlan {
  /** Of each chunk. */
  readonly pages: readonly (readonly PageHeader[])[];
  readonly sizes: DecodedSizes;
  /** Rows to decode first: all, if they are sure enough to fit the target. */
  readonly firstRows: number;
  /** The whole row group as a small file in the codec's memory, where it was read for scanning. The caller's to free. */
  readonly bytes: WasmBytes | undefined;
}

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
  { footer, leaves }: OpenedFile,
  rowGroup: RowGroup,
  options: FragmentReadOptions,
): Promise<RowGroupPlan> {
  const { targetBatchBytes, limits, signal } = options;
  const { rows, chunks } = rowGroup;
  const fileBytes = chunks.reduce((total, chunk) => total + chunk.compressedBytes, 0);
  const cut = planCut(footer, rowGroup);
  const bytes = fileBytes <= targetBatchBytes ? await fillCut(wasm, file, cut, { signal }) : undefined;
  try {
    const pages = await scanRowGroup(
      rowGroup,
      (chunk, column) => (offset, length) =>
        bytes === undefined
          ? file.read(chunk.start + offset, length, { signal })
          : bytes.view().subarray(cut.chunkOffsets[column]! + offset, cut.chunkOffsets[column]! + offset + length),
      { limits, fileBytes: file.size, signal },
    );
    const parts = chunks.map((chunk, column) => sizesFromPages(chunk, leaves[column]!, rows, pages[column]!));
    if (firstSliceRows(rows, targetBatchBytes, sum(parts)) < rows) {
      for (const [column, chunk] of chunks.entries()) {
        const lengths = await dictionaryLengths(wasm, file, footer, rowGroup, chunk, pages[column]!, { signal });
        if (lengths !== undefined)
          parts[column] = sizesFromPages(chunk, leaves[column]!, rows, pages[column]!, lengths);
      }
    }
    const sizes = sum(parts);
    return { pages, sizes, firstRows: firstSliceRows(rows, targetBatchBytes, sizes), bytes };
  } catch (error) {
    bytes?.free();
    throw error;
  }
}
