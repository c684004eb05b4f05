import { BadContentError, isBadContent, type OperationOptions, type ReadableFile } from '@riffle/core';
import { decodeParquet, LARGEST_ALLOCATION, planCut, planPageCut, viewRecordBatch, type Cut, type DecodeOptions, type ParquetWasm, type RowGroup, type WasmBytes } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';
import { nameColumn } from './name-column.ts';
import type { OpenedFile } from './opened-file.ts';
import type { PagePicker } from './page-picker.ts';
import type { RowGroupPlan } from './row-group-plan.ts';

/** Decoded rows as views of the codec's memory, until freed. */
export interface DecodedSlice {
  readonly batches: readonly RecordBatch[];
  free(): void;
}

/** What all slices of a row group are decoded from. */
export interface SliceSource {
  readonly wasm: ParquetWasm;
  readonly file: ReadableFile;
  readonly opened: OpenedFile;
  readonly rowGroup: RowGroup;
  readonly plan: RowGroupPlan;
}

let decodes = 0;

/** How many slices were decoded in this thread: a batch whose memory another read may have moved must not be believed. */
export function decodeCount(): number {
  return decodes;
}

function refuseTooLarge({ length }: Cut, rowGroup: number): void {
  if (length <= LARGEST_ALLOCATION) return;
  throw new BadContentError(`Rows of row group ${rowGroup} take ${length} bytes in the file that can only be read together; Riffle reads at most 2 GiB in one.`, { rowGroup, bytes: length }, { code: 'UNSUPPORTED_CONTENT' });
}

async function decode(source: SliceSource, bytes: WasmBytes, decodeOptions: DecodeOptions, options: OperationOptions): Promise<DecodedSlice> {
  const { wasm, file, opened, rowGroup, plan } = source;
  decodes++;
  try {
    const table = decodeParquet(wasm, bytes, decodeOptions);
    return { batches: table.arrays.map((array) => viewRecordBatch(wasm.exports.memory, table.schema, array)), free: () => table.free() };
  } catch (thrown) {
    const error = codecError(thrown, { rowGroup: rowGroup.index, bytes: (plan.sizes.bounded * decodeOptions.batchSize) / rowGroup.rows });
    throw await nameColumn(wasm, file, opened.footer, rowGroup, decodeOptions, error, options);
  }
}

/**
 * Decodes the whole row group.
 * @param bytes the row group as a small file, taken over; without it, it is read.
 */
export async function decodeWhole(source: SliceSource, bytes: WasmBytes | undefined, options: OperationOptions): Promise<DecodedSlice> {
  const { wasm, file, opened, rowGroup } = source;
  if (bytes !== undefined) return decode(source, bytes, { batchSize: rowGroup.rows }, options);
  const cut = planCut(opened.footer, rowGroup);
  refuseTooLarge(cut, rowGroup.index);
  return decode(source, await fillCut(wasm, file, cut, options), { batchSize: rowGroup.rows }, options);
}

/** Decodes the next `limit` rows, `offset` being how many there were before, from the pages that hold them. */
export async function decodeSlice(source: SliceSource, picker: PagePicker, offset: number, limit: number, options: OperationOptions): Promise<DecodedSlice> {
  const { wasm, file, opened, rowGroup, plan } = source;
  for (const generous of [false, true]) {
    const picked = picker.pick(limit, generous);
    const cut = planPageCut(opened.footer, rowGroup, plan.pages, picked);
    refuseTooLarge(cut, rowGroup.index);
    let slice: DecodedSlice;
    try {
      slice = await decode(source, await fillCut(wasm, file, cut, options), { offset, limit, batchSize: limit }, options);
    } catch (error) {
      // Too few pages were picked, perhaps.
      if (!generous && isBadContent(error) && picker.guesses) continue;
      throw error;
    }
    if (picker.accept(slice.batches, picked)) return slice;
    slice.free();
  }
  throw new BadContentError(`The pages of row group ${rowGroup.index} end within a row.`, { rowGroup: rowGroup.index });
}
