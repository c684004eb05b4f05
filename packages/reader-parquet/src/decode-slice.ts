import { BadContentError, type OperationOptions, type ReadableFile, type RiffleError } from '@riffle/core';
import {
  decodeParquet,
  LARGEST_ALLOCATION,
  loadParquetWasm,
  planPageCut,
  renewParquetWasm,
  viewRecordBatch,
  webAssembly,
  type Cut,
  type DecodeOptions,
  type ParquetWasm,
  type RowGroup,
  type WasmBytes,
} from '@riffle/codec-parquet';
import type { RecordBatch, Schema } from 'apache-arrow';
import { codecError } from './codec-error.ts';
import { decodeDirectly } from './direct/decode-directly.ts';
import type { DirectSlices } from './direct/direct-slices.ts';
import { substituted, type DecodedColumn } from './direct/substitute.ts';
import { fillCut } from './fill-cut.ts';
import { nameColumn } from './name-column.ts';
import type { OpenedFile } from './opened-file.ts';
import type { PagePicker } from './page-picker.ts';
import { refuseOtherLists } from './refuse-other-counts.ts';
import type { RowGroupPlan } from './row-group-plan.ts';

/** Decoded rows as views of the codec's memory, until freed. */
export interface DecodedSlice {
  readonly batches: readonly RecordBatch[];
  /** Rows that the batches must have together. */
  readonly rows: number;
  free(): void;
}

/** What all slices of a row group are decoded from. */
export interface SliceSource {
  readonly file: ReadableFile;
  readonly opened: OpenedFile;
  readonly rowGroup: RowGroup;
  readonly plan: RowGroupPlan;
  /** Columns that slices are decoded of past the codec. */
  readonly direct: DirectSlices | undefined;
}

let decodes = 0;

/** Notes that memory of batches decoded before is used again. */
export function countDecode(): void {
  decodes++;
}

/** How many slices were decoded in this thread: a batch whose memory another read may have moved must not be believed. */
export function decodeCount(): number {
  return decodes;
}

function refuseTooLarge({ length }: Cut, rowGroup: number): void {
  if (length <= LARGEST_ALLOCATION) return;
  throw new BadContentError(
    `Rows of row group ${rowGroup} take ${length} bytes in the file that can only be read together; Riffle reads at most 2 GiB in one.`,
    { rowGroup, bytes: length },
    { code: 'UNSUPPORTED_CONTENT' },
  );
}

/** @param schema of the file: the cut has its footer's schema and key-value pairs, byte for byte */
function decode(
  wasm: ParquetWasm,
  bytes: WasmBytes,
  schema: Schema,
  decodeOptions: DecodeOptions,
  rows: number,
): DecodedSlice {
  countDecode();
  const table = decodeParquet(wasm, bytes, decodeOptions, schema);
  return {
    batches: table.arrays.map((array) => viewRecordBatch(wasm.exports.memory, table.schema, array)),
    rows,
    free: () => table.free(),
  };
}

/** Decodes what was left to the codec. Undefined if it refuses it, or gives it another shape. */
function decodeRest(
  wasm: ParquetWasm,
  columns: readonly DecodedColumn[],
  rest: WasmBytes,
  schema: Schema,
  decodeOptions: DecodeOptions,
  rows: number,
): DecodedSlice | undefined {
  let slice: DecodedSlice;
  try {
    slice = decode(wasm, rest, schema, decodeOptions, rows);
  } catch (thrown) {
    if (thrown instanceof webAssembly.RuntimeError) renewParquetWasm();
    return undefined;
  }
  const [batch, ...others] = slice.batches;
  const whole = batch !== undefined && others.length === 0 ? substituted(batch, rows, columns) : undefined;
  if (whole === undefined) {
    slice.free();
    return undefined;
  }
  return { ...slice, batches: [whole] };
}

/** What the codec threw, with the column that is at fault. */
async function explain(
  source: SliceSource,
  thrown: unknown,
  decodeOptions: DecodeOptions,
  options: OperationOptions,
): Promise<RiffleError> {
  const { file, opened, rowGroup, plan } = source;
  const error = codecError(thrown, {
    rowGroup: rowGroup.index,
    bytes: plan.sizes.bounded * Math.min(1, decodeOptions.batchSize / rowGroup.rows),
  });
  return nameColumn(file, opened.footer, rowGroup, plan.pages, decodeOptions, error, options);
}

/** Rows of a batch at least: should there be more rows than declared, they must not come one by one. */
const SMALLEST_BATCH = 4096;

/**
 * Decodes the whole row group. If its pages hold other rows than declared, so does the slice.
 * @param bytes the row group as a small file, taken over; without it, it is read.
 */
export async function decodeWhole(
  source: SliceSource,
  bytes: WasmBytes | undefined,
  options: OperationOptions,
): Promise<DecodedSlice> {
  const { file, opened, rowGroup, plan } = source;
  const { cut } = plan;
  const wasm = loadParquetWasm();
  refuseTooLarge(cut, rowGroup.index);
  const decodeOptions = { batchSize: Math.max(rowGroup.rows, SMALLEST_BATCH) };
  let filled = bytes ?? (await fillCut(wasm, file, cut, options));
  const direct = decodeDirectly(wasm, source, cut, filled);
  let slice = direct && decodeRest(wasm, direct.columns, direct.rest, opened.schema, decodeOptions, rowGroup.rows);
  if (slice === undefined) {
    // What the rest was made of is gone; the codec is to say what is wrong with the whole.
    if (direct !== undefined) filled = await fillCut(loadParquetWasm(), file, cut, options);
    try {
      slice = decode(loadParquetWasm(), filled, opened.schema, decodeOptions, rowGroup.rows);
    } catch (thrown) {
      throw await explain(source, thrown, decodeOptions, options);
    }
  }
  try {
    refuseOtherLists(rowGroup, slice.batches);
    return slice;
  } catch (error) {
    slice.free();
    throw error;
  }
}

/**
 * The codec cannot step over part of a page of DELTA_BINARY_PACKED with other block sizes than it writes itself (DuckDB's
 * are such), though it decodes them.
 */
function cannotSkip(thrown: unknown): boolean {
  return thrown instanceof Error && /cannot skip miniblock/.test(thrown.message);
}

/** Decodes a slice with some columns past the codec. Undefined, with nothing counted by the picker, if the codec must decode it alone. */
async function decodeSliceDirectly(
  { file, opened, rowGroup, plan, direct }: SliceSource,
  picker: PagePicker,
  offset: number,
  limit: number,
  options: OperationOptions,
): Promise<DecodedSlice | undefined> {
  const columns = await direct?.next(limit);
  if (direct === undefined || columns === undefined) return undefined;
  const wasm = loadParquetWasm();
  const picked = picker.pick(limit, false);
  const cut = planPageCut(opened.footer, rowGroup, plan.pages, picked, direct.hollowLevels);
  if (cut.length <= LARGEST_ALLOCATION) {
    const bytes = await fillCut(wasm, file, cut, options);
    const slice = decodeRest(wasm, columns, bytes, opened.schema, { offset, limit, batchSize: limit }, limit);
    if (slice !== undefined && picker.accept(slice.batches, picked)) return slice;
    slice?.free();
  }
  // Where pages are guessed, the next slice may do.
  if (!picker.guesses) direct.giveUp();
  return undefined;
}

/**
 * Decodes the next `limit` rows, `offset` being how many there were before, from the pages that hold them. Where the codec
 * cannot skip, all that are left: then memory holds the whole row group, since no row may be lost for want of memory.
 * @throws BadContentError also if pages are left after the last row.
 */
export async function decodeSlice(
  source: SliceSource,
  picker: PagePicker,
  offset: number,
  limit: number,
  options: OperationOptions,
): Promise<DecodedSlice> {
  const { file, opened, rowGroup, plan } = source;
  const direct = await decodeSliceDirectly(source, picker, offset, limit, options);
  if (direct !== undefined) return direct;
  const decodeOptions = { offset, limit, batchSize: limit };
  for (const generous of [false, true]) {
    // A trap leaves another instance than the one before.
    const wasm = loadParquetWasm();
    const picked = picker.pick(limit, generous);
    const cut = planPageCut(opened.footer, rowGroup, plan.pages, picked);
    refuseTooLarge(cut, rowGroup.index);
    const bytes = await fillCut(wasm, file, cut, options);
    let slice: DecodedSlice;
    try {
      slice = decode(wasm, bytes, opened.schema, decodeOptions, limit);
    } catch (thrown) {
      if (cannotSkip(thrown)) {
        const whole = await decodeWhole(source, undefined, options);
        return { ...whole, batches: withoutRows(whole.batches, offset), rows: rowGroup.rows - offset };
      }
      // Too few pages were picked, perhaps.
      if (!generous && picker.guesses) {
        if (thrown instanceof webAssembly.RuntimeError) renewParquetWasm();
        continue;
      }
      throw await explain(source, thrown, decodeOptions, options);
    }
    if (picker.accept(slice.batches, picked)) return slice;
    slice.free();
  }
  throw new BadContentError(`The pages of row group ${rowGroup.index} end within a row.`, {
    kind: 'counts',
    rowGroup: rowGroup.index,
  });
}

/** What is left of batches without their first `count` rows. */
function withoutRows(batches: readonly RecordBatch[], count: number): RecordBatch[] {
  let skip = count;
  return batches.flatMap((batch) => {
    const skipped = Math.min(skip, batch.numRows);
    skip -= skipped;
    return skipped === batch.numRows ? [] : [batch.slice(skipped)];
  });
}
