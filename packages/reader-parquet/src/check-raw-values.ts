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
import { DataType, IntervalUnit, type Data, type Interval } from 'apache-arrow';
import type { ArrowLeaf } from './arrow-leaves.ts';
import { codecError } from './codec-error.ts';
import { fillCut } from './fill-cut.ts';

/** Bytes of an INT96 or INTERVAL value. */
const RAW_BYTES = 12;

const JULIAN_DAY_OF_1970 = 2_440_588;
const NANOSECONDS_A_DAY = 86_400_000_000_000n;
/** Whole days that surely fit 64 bits of nanoseconds, with one to spare. */
const SAFE_DAYS = 106_750;

/** What is wrong with a value, as the end of a sentence, or undefined. */
type Check = (view: DataView, at: number) => string | undefined;

/** INT96 is nanoseconds of the day and a Julian day; the codec makes 64 bits of nanoseconds of it, which wrap. */
const checkTimestamp: Check = (view, at) => {
  const days = view.getInt32(at + 8, true) - JULIAN_DAY_OF_1970;
  const high = view.getInt32(at + 4, true);
  // A day has less than 2^47 nanoseconds.
  if (Math.abs(days) <= SAFE_DAYS && high >= 0 && high < 2 ** 15) return undefined;
  const nanoseconds = BigInt(days) * NANOSECONDS_A_DAY + view.getBigInt64(at, true);
  return BigInt.asIntN(64, nanoseconds) === nanoseconds ? undefined : 'a timestamp outside 1677-09-21 to 2262-04-11';
};

/** INTERVAL is months, days and milliseconds, unsigned; the codec keeps either the first or the other two, signed. */
const checkDayTime: Check = (view, at) => {
  if (view.getUint32(at, true) !== 0) return 'an interval with months';
  return view.getInt32(at + 4, true) < 0 || view.getInt32(at + 8, true) < 0
    ? 'an interval of more than 2^31 days or milliseconds'
    : undefined;
};
const checkYearMonth: Check = (view, at) => {
  if (view.getUint32(at + 4, true) !== 0 || view.getUint32(at + 8, true) !== 0)
    return 'an interval with days or milliseconds in a column of months';
  return view.getInt32(at, true) < 0 ? 'an interval of more than 2^31 months' : undefined;
};

function checkOf(chunk: ColumnChunk, { type }: ArrowLeaf): Check | undefined {
  const { physicalType, convertedType, typeLength } = chunk.leaf.element;
  if (physicalType === 'INT96') return checkTimestamp;
  if (convertedType !== 'INTERVAL' || physicalType !== 'FIXED_LEN_BYTE_ARRAY' || typeLength !== RAW_BYTES)
    return undefined;
  return DataType.isInterval(type) && (type as Interval).unit === IntervalUnit.YEAR_MONTH
    ? checkYearMonth
    : checkDayTime;
}

/** The leaves of a column's data in order: depth first, as in the file. */
function leavesOf(data: Data): Data[] {
  return data.children.length === 0 ? [data] : data.children.flatMap(leavesOf);
}

function findWrong(leaf: Data, check: Check): string | undefined {
  const values = leaf.values as Uint8Array;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const nullable = leaf.nullCount > 0;
  for (let index = 0; index < leaf.length; index++) {
    const wrong = nullable && !leaf.getValid(index) ? undefined : check(view, index * RAW_BYTES);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/**
 * Looks at the stored bytes of columns whose values the codec would change without saying: INT96 beyond 64 bits of
 * nanoseconds, INTERVAL with parts that the Arrow type has no room for. Costs nothing where there are no such columns.
 * @throws BadContentError `UNSUPPORTED_CONTENT` naming the column.
 */
export async function checkRawValues(
  wasm: ParquetWasm,
  file: ReadableFile,
  footer: Footer,
  rowGroup: RowGroup,
  leaves: readonly ArrowLeaf[],
  targetBytes: number,
  options: OperationOptions,
): Promise<void> {
  const checked = rowGroup.chunks.flatMap((chunk, column) => {
    const check = checkOf(chunk, leaves[column]!);
    return check === undefined ? [] : [{ chunk, check }];
  });
  for (const { chunk, check } of checked) {
    const cut = planRawCut(footer, rowGroup, chunk);
    const rows = Math.max(1, Math.floor((rowGroup.rows * targetBytes) / Math.max(1, chunk.values * 2 * RAW_BYTES)));
    for (let offset = 0; offset < rowGroup.rows; offset += rows) {
      options.signal?.throwIfAborted();
      const bytes = await fillCut(wasm, file, cut, options);
      let table: DecodedTable;
      try {
        table = decodeParquet(wasm, bytes, { offset, limit: rows, batchSize: rows });
      } catch (error) {
        throw codecError(error, {
          rowGroup: rowGroup.index,
          column: chunk.leaf.path.join('.'),
          bytes: targetBytes,
        });
      }
      try {
        for (const array of table.arrays) {
          for (const leaf of leavesOf(viewRecordBatch(wasm.exports.memory, table.schema, array).data)) {
            const wrong = findWrong(leaf, check);
            if (wrong === undefined) continue;
            const column = chunk.leaf.path.join('.');
            throw new BadContentError(
              `Column ${column} of row group ${rowGroup.index} holds ${wrong}, which would not survive unchanged.`,
              { rowGroup: rowGroup.index, column },
              { code: 'UNSUPPORTED_CONTENT' },
            );
          }
        }
      } finally {
        table.free();
      }
    }
  }
}
