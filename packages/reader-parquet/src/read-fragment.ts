import { RiffleError, type FragmentReadOptions, type ReadableFile } from '@riffle/core';
import { arrowBytes } from '@riffle/columnar';
import { parseRowGroup, type ParquetWasm, type WasmBytes } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { partsOf } from './batch-parts.ts';
import { checkInt96 } from './check-int96.ts';
import { decodeCount, decodeSlice, decodeWhole, type DecodedSlice } from './decode-slice.ts';
import { createDirectSlices } from './direct/direct-slices.ts';
import { readFlat } from './direct/read-flat.ts';
import type { OpenedFile } from './opened-file.ts';
import { createPagePicker, type PagePicker } from './page-picker.ts';
import { refuseBomb } from './refuse-bomb.ts';
import { refuseOtherRows } from './refuse-other-counts.ts';
import { refuseUnmaskedNulls } from './refuse-unmasked-nulls.ts';
import { planRowGroup } from './row-group-plan.ts';
import { nextSliceRows } from './slice-rows.ts';

/** Gives out parts of what was decoded last, `mine` being the count since. @throws RiffleError `INTERNAL` if more was decoded meanwhile */
function* whileValid(parts: Iterable<RecordBatch>, mine: number): Generator<RecordBatch> {
  for (const part of parts) {
    if (part.numRows > 0) yield part;
    if (decodeCount() !== mine)
      throw new RiffleError(
        'INTERNAL',
        'Two fragments were read at the same time in one thread: their batches share memory that moves. Read one after the other, or in threads of their own.',
      );
  }
}

/**
 * Decodes one row group: whole if it is sure enough to fit the target, else in slices of rows, each from a small file of
 * the pages that it needs. So nothing of the row group is held between slices. The batches are views of the codec's memory.
 */
export async function* readFragment(
  wasm: ParquetWasm,
  file: ReadableFile,
  opened: OpenedFile,
  fragment: number,
  options: FragmentReadOptions,
): AsyncGenerator<RecordBatch> {
  const { footer, leaves } = opened;
  const { targetBatchBytes, limits, signal } = options;
  if (!(fragment in footer.rowGroups))
    throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for; the file has ${footer.rowGroups.length}.`);
  const rowGroup = parseRowGroup(footer, fragment);
  const { rows } = rowGroup;
  if (rows === 0) return;
  const flat = await readFlat(file, opened, rowGroup, options);
  if (flat !== undefined) {
    refuseBomb(flat.bytes, file.size, limits);
    yield* whileValid([flat.batch], flat.decode);
    return;
  }
  await checkInt96(wasm, file, footer, rowGroup, leaves, targetBatchBytes, { signal });
  const plan = await planRowGroup(wasm, file, opened, rowGroup, options);
  const direct = plan.firstRows < rows ? createDirectSlices(file, opened, rowGroup, plan.pages) : undefined;
  const source = { file, opened, rowGroup, plan, direct };
  let picker: PagePicker | undefined;

  let bytes: WasmBytes | undefined = plan.bytes;
  let slice: DecodedSlice | undefined;
  try {
    let limit = plan.firstRows;
    let decodedBytes = 0;
    for (let offset = 0; offset < rows;) {
      signal?.throwIfAborted();
      const held = bytes;
      bytes = undefined;
      if (limit < rows) held?.free();
      slice =
        limit === rows
          ? await decodeWhole(source, held, { signal })
          : await decodeSlice(source, (picker ??= createPagePicker(rowGroup, plan.pages)), offset, limit, { signal });
      const mine = decodeCount();
      // Before any of them is given out: whoever counts on the declared rows must not see more.
      const sliceRows = slice.batches.reduce((sum, { numRows }) => sum + numRows, 0);
      refuseOtherRows(rowGroup, sliceRows, slice.rows);
      refuseUnmaskedNulls(rowGroup, slice.batches);
      let sliceBytes = 0;
      for (const batch of slice.batches) {
        const batchBytes = arrowBytes(batch);
        sliceBytes += batchBytes;
        decodedBytes += batchBytes;
        refuseBomb(decodedBytes, file.size, limits);
        yield* whileValid(partsOf(batch, batchBytes, targetBatchBytes), mine);
      }
      slice.free();
      slice = undefined;
      offset += sliceRows;
      if (offset < rows) limit = nextSliceRows(rows - offset, plan.sliceBytes, { rows: sliceRows, bytes: sliceBytes });
    }
  } finally {
    bytes?.free();
    slice?.free();
  }
}
