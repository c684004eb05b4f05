import { BadContentError, type OperationOptions, type ReadableFile } from '@riffle/core';
import {
  decodeParquet,
  planRawCut,
  viewRecordBatch,
  type ColumnChunk,
  type DecodedTable,
  type Footer,
  type ParquetWasm,
  type RowGroup,
} from '@riffle/codec-parquet';
import { DataType, type Data, type FixedSizeList, type RecordBatch, type Timestamp } from 'apache-arrow';
import type { ArrowLeaf } from './arrow-leaves.ts';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';
import { INT96_BYTES, int96Fault, int96Text } from './int96.ts';
import { leafChains } from './row-levels.ts';

interface Found {
  /** Within the batch, from 0. */
  readonly row: number;
  readonly value: string;
  readonly fault: string;
}

/** Nanoseconds in the unit of the type that a column is read as: a file's own Arrow schema may choose a coarser one. */
function unitOf({ type }: ArrowLeaf): number {
  return DataType.isTimestamp(type) ? 1000 ** (3 - (type as Timestamp).unit) : 1;
}

/** The row that an element of a leaf belongs to. @param chain the arrays from the top-level column down to the leaf */
function rowOf(chain: readonly Data[], element: number): number {
  let index = element;
  for (const data of chain.slice(0, -1).toReversed()) {
    if (DataType.isStruct(data.type)) continue;
    if (DataType.isFixedSizeList(data.type)) index = Math.floor(index / (data.type as FixedSizeList).listSize);
    else index = listOf(data.valueOffsets as ArrayLike<number | bigint>, data.length, index);
  }
  return index;
}

/** The last list that starts at or before an element: those before it that start there are empty. */
function listOf(offsets: ArrayLike<number | bigint>, lists: number, element: number): number {
  let [low, high] = [0, lists - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Number(offsets[middle]) <= element) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findFault(batch: RecordBatch, unit: number): Found | undefined {
  const chain = leafChains(batch)[0]!;
  const leaf = chain.at(-1)!;
  const values = leaf.values as Uint8Array;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const nullable = leaf.nullCount > 0;
  for (let index = 0; index < leaf.length; index++) {
    if (nullable && !leaf.getValid(index)) continue;
    const fault = int96Fault(view, index * INT96_BYTES, unit);
    if (fault !== undefined) return { row: rowOf(chain, index), value: int96Text(view, index * INT96_BYTES), fault };
  }
  return undefined;
}

function refusal({ index }: RowGroup, chunk: ColumnChunk, row: number, { value, fault }: Found): BadContentError {
  const column = chunk.leaf.path.join('.');
  return new BadContentError(
    `Column ${column} of row group ${index} holds ${value} in row ${row}, ${fault}, which would not survive unchanged.`,
    { rowGroup: index, column, row, value },
    { code: 'UNSUPPORTED_CONTENT' },
  );
}

/**
 * Looks at the stored bytes of INT96 columns: where a time does not fit 64 bits of the unit, the codec would wrap it without saying.
 * Costs nothing where there are no such columns.
 * @throws BadContentError `UNSUPPORTED_CONTENT` naming the column, the row within the row group (from 0), and the value.
 */
export async function checkInt96(
  wasm: ParquetWasm,
  file: ReadableFile,
  footer: Footer,
  rowGroup: RowGroup,
  leaves: readonly ArrowLeaf[],
  targetBytes: number,
  options: OperationOptions,
): Promise<void> {
  for (const [leaf, chunk] of rowGroup.chunks.entries()) {
    if (chunk.leaf.element.physicalType !== 'INT96') continue;
    const unit = unitOf(leaves[leaf]!);
    const cut = planRawCut(footer, rowGroup, chunk);
    const rows = Math.max(1, Math.floor((rowGroup.rows * targetBytes) / Math.max(1, chunk.values * 2 * INT96_BYTES)));
    for (let offset = 0; offset < rowGroup.rows; offset += rows) {
      options.signal?.throwIfAborted();
      const bytes = await fillCut(wasm, file, cut, options);
      let table: DecodedTable;
      try {
        table = decodeParquet(wasm, bytes, { offset, limit: rows, batchSize: rows });
      } catch (error) {
        const column = chunk.leaf.path.join('.');
        throw codecError(error, { rowGroup: rowGroup.index, column, bytes: targetBytes });
      }
      try {
        let before = offset;
        for (const array of table.arrays) {
          const batch = viewRecordBatch(wasm.exports.memory, table.schema, array);
          const found = findFault(batch, unit);
          if (found !== undefined) throw refusal(rowGroup, chunk, before + found.row, found);
          before += batch.numRows;
        }
      } finally {
        table.free();
      }
    }
  }
}
