import type { DataType } from 'apache-arrow';
import type { Layout } from './layout.ts';

/**
 * A column as the kernels see it: Arrow buffers made uniform. Offsets are always 32-bit, values are always bytes,
 * dictionaries and views are resolved to their values. Buffers may be views of memory owned by somebody else.
 */
export interface Column {
  readonly type: DataType;
  readonly layout: Layout;
  readonly length: number;
  /** Bit `validityOffset + row` is 1 where the row has a value. Undefined if every row has one. */
  readonly validity: Uint8Array | undefined;
  readonly validityOffset: number;
  /** `length + 1` ascending numbers for `bytes` and `list`; the first need not be 0. */
  readonly offsets: Int32Array | undefined;
  /**
   * `fixed`: `length * width` bytes. `bytes`: what the offsets point into. `bits`: a bitmap read at `valuesOffset + row`.
   */
  readonly values: Uint8Array | undefined;
  readonly valuesOffset: number;
  /** `list`: the one child, indexed by offsets. `fixed-list`: the one child, row r at r * size. `struct`: one per field. */
  readonly children: readonly Column[];
}

/** Some rows of a table. All columns have `rows` rows. */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly Column[];
}

export const noBytes: Uint8Array = new Uint8Array(0);

type Parts = Pick<Column, 'type' | 'layout' | 'length'> & Partial<Column>;

/** Fills in what a layout does not use. */
export function makeColumn(parts: Parts): Column {
  return {
    validity: undefined,
    validityOffset: 0,
    offsets: undefined,
    values: undefined,
    valuesOffset: 0,
    children: [],
    ...parts,
  };
}

/** `values` as 32-bit words. @throws RangeError unless its start is a multiple of 4. */
export function wordsOf(values: Uint8Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.byteLength >> 2);
}
