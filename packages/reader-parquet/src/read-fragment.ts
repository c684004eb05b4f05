import { BadContentError, RiffleError, type FragmentReadOptions, type ReadableFile } from '@riffle/core';
import { arrowBytes } from '@riffle/columnar';
import { decodeParquet, LARGEST_ALLOCATION, parseRowGroup, planCut, viewRecordBatch, type DecodedTable, type DecodeOptions, type ParquetWasm, type RowGroup, type WasmBytes } from '@riffle/codec-parquet';
import type { RecordBatch } from 'apache-arrow';
import { checkPages, refuseBomb } from './check-pages.ts';
import { checkRawValues } from './check-raw-values.ts';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';
import type { OpenedFile } from './opened-file.ts';
import { firstSliceRows, nextSliceRows } from './slice-rows.ts';

/** A batch may pass the target by this factor before it is cut: slices are sized by guess. */
const TOLERANCE = 1.25;

/** Counts decodes in this thread: a batch whose memory another read may have moved must not be believed. */
let decodes = 0;

function decode(wasm: ParquetWasm, bytes: WasmBytes, options: DecodeOptions, rowGroup: RowGroup, bound: number): DecodedTable {
  decodes++;
  try {
    return decodeParquet(wasm, bytes, options);
  } catch (error) {
    throw codecError(error, { rowGroup: rowGroup.index, bytes: bound });
  }
}

/** The batch in pieces of at most about `targetBytes`; a single row is not cut. */
function* pieces(batch: RecordBatch, bytes: number, targetBytes: number): Generator<RecordBatch> {
  if (bytes <= targetBytes * TOLERANCE || batch.numRows <= 1) {
    yield batch;
    return;
  }
  const middle = batch.numRows >> 1;
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) yield* pieces(half, arrowBytes(half), targetBytes);
}

/**
 * Decodes one row group: whole if it is sure to fit the target, else in slices of rows. For each slice the row group's
 * bytes are read again into the codec's memory, which takes them over; so nothing of it is held between slices.
 * The batches are views of that memory.
 */
export async function* readFragment(wasm: ParquetWasm, file: ReadableFile, opened: OpenedFile, fragment: number, options: FragmentReadOptions): AsyncGenerator<RecordBatch> {
  const { footer, leaves } = opened;
  const { targetBatchBytes, limits, signal } = options;
  const rowGroup = parseRowGroup(footer, fragment);
  const { rows } = rowGroup;
  if (rows === 0) return;
  const cut = planCut(footer, rowGroup);
  if (cut.length > LARGEST_ALLOCATION) {
    throw new BadContentError(`Row group ${fragment} takes ${cut.length} bytes; Riffle reads at most 2 GiB in one.`, { rowGroup: fragment, bytes: cut.length }, { code: 'UNSUPPORTED_CONTENT' });
  }
  await checkRawValues(wasm, file, footer, rowGroup, leaves, targetBatchBytes, { signal });

  let bytes: WasmBytes | undefined = await fillCut(wasm, file, cut, { signal });
  let table: DecodedTable | undefined;
  try {
    const sizes = checkPages(bytes.view(), rowGroup, cut.chunkOffsets, leaves, limits, file.size);
    let limit = firstSliceRows(rows, targetBatchBytes, sizes);
    let decodedBytes = 0;
    for (let offset = 0; offset < rows; ) {
      signal?.throwIfAborted();
      bytes ??= await fillCut(wasm, file, cut, { signal });
      const taken = bytes;
      bytes = undefined;
      table = decode(wasm, taken, limit === rows ? { batchSize: rows } : { offset, limit, batchSize: limit }, rowGroup, (sizes.bounded * limit) / rows);
      const mine = decodes;
      let sliceRows = 0;
      let sliceBytes = 0;
      for (const array of table.arrays) {
        const batch = viewRecordBatch(wasm.exports.memory, table.schema, array);
        const batchBytes = arrowBytes(batch);
        sliceRows += batch.numRows;
        sliceBytes += batchBytes;
        decodedBytes += batchBytes;
        refuseBomb(decodedBytes, file.size, limits);
        for (const piece of pieces(batch, batchBytes, targetBatchBytes)) {
          if (piece.numRows > 0) yield piece;
          if (decodes !== mine) throw new RiffleError('INTERNAL', 'Two fragments were read at the same time in one thread: their batches share memory that moves. Read one after the other, or in threads of their own.');
        }
      }
      table.free();
      table = undefined;
      if (sliceRows !== Math.min(limit, rows - offset)) {
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
