import { BadContentError, RiffleError, type FragmentReadOptions, type ReadableFile } from '@riffle/core';
import { arrowBytes } from '@riffle/columnar';
import { decodeParquet, LARGEST_ALLOCATION, parseRowGroup, planCut, planPageCut, viewRecordBatch, type Cut, type DecodedTable, type ParquetWasm, type WasmBytes } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { partsOf } from './batch-parts.ts';
import { checkRawValues } from './check-raw-values.ts';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';
import { nameColumn } from './name-column.ts';
import type { OpenedFile } from './opened-file.ts';
import { refuseBomb } from './refuse-bomb.ts';
import { planRowGroup } from './row-group-plan.ts';
import { nextSliceRows } from './slice-rows.ts';

/** Counts decodes in this thread: a batch whose memory another read may have moved must not be believed. */
let decodes = 0;

function refuseTooLarge({ length }: Cut, rowGroup: number): void {
  if (length <= LARGEST_ALLOCATION) return;
  throw new BadContentError(`Rows of row group ${rowGroup} take ${length} bytes in the file that can only be read together; Riffle reads at most 2 GiB in one.`, { rowGroup, bytes: length }, { code: 'UNSUPPORTED_CONTENT' });
}

/**
 * Decodes one row group: whole if it is sure enough to fit the target, else in slices of rows, each from a small file of
 * the pages that it needs. So nothing of the row group is held between slices. The batches are views of the codec's memory.
 */
export async function* readFragment(wasm: ParquetWasm, file: ReadableFile, opened: OpenedFile, fragment: number, options: FragmentReadOptions): AsyncGenerator<RecordBatch> {
  const { footer, leaves } = opened;
  const { targetBatchBytes, limits, signal } = options;
  if (!(fragment in footer.rowGroups)) throw new RiffleError('INTERNAL', `Fragment ${fragment} was asked for; the file has ${footer.rowGroups.length}.`);
  const rowGroup = parseRowGroup(footer, fragment);
  const { rows } = rowGroup;
  if (rows === 0) return;
  await checkRawValues(wasm, file, footer, rowGroup, leaves, targetBatchBytes, { signal });
  const plan = await planRowGroup(wasm, file, opened, rowGroup, options);

  let bytes: WasmBytes | undefined = plan.bytes;
  let table: DecodedTable | undefined;
  try {
    let limit = plan.firstRows;
    let decodedBytes = 0;
    for (let offset = 0; offset < rows; ) {
      signal?.throwIfAborted();
      const whole = limit === rows;
      if (!whole || bytes === undefined) {
        bytes?.free();
        const cut = whole ? planCut(footer, rowGroup) : planPageCut(footer, rowGroup, plan.pages, { start: offset, end: offset + limit });
        refuseTooLarge(cut, fragment);
        bytes = await fillCut(wasm, file, cut, { signal });
      }
      const decodeOptions = whole ? { batchSize: rows } : { offset, limit, batchSize: limit };
      const taken = bytes;
      bytes = undefined;
      const mine = ++decodes;
      try {
        table = decodeParquet(wasm, taken, decodeOptions);
      } catch (thrown) {
        const error = codecError(thrown, { rowGroup: fragment, bytes: (plan.sizes.bounded * limit) / rows });
        throw await nameColumn(wasm, file, footer, rowGroup, decodeOptions, error, { signal });
      }
      let sliceRows = 0;
      let sliceBytes = 0;
      for (const array of table.arrays) {
        const batch = viewRecordBatch(wasm.exports.memory, table.schema, array);
        const batchBytes = arrowBytes(batch);
        sliceRows += batch.numRows;
        sliceBytes += batchBytes;
        decodedBytes += batchBytes;
        refuseBomb(decodedBytes, file.size, limits);
        for (const part of partsOf(batch, batchBytes, targetBatchBytes)) {
          if (part.numRows > 0) yield part;
          if (decodes !== mine) throw new RiffleError('INTERNAL', 'Two fragments were read at the same time in one thread: their batches share memory that moves. Read one after the other, or in threads of their own.');
        }
      }
      table.free();
      table = undefined;
      if (sliceRows !== limit) {
        throw new BadContentError(`Its counts disagree: row group ${fragment} declares ${rows} rows, ${offset + sliceRows} were decoded.`, { rowGroup: fragment, rows, decodedRows: offset + sliceRows });
      }
      offset += sliceRows;
      if (offset < rows) limit = nextSliceRows(rows - offset, targetBatchBytes, { rows: sliceRows, bytes: sliceBytes });
    }
  } finally {
    bytes?.free();
    table?.free();
  }
}
