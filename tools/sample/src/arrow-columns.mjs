import { Binary, Field, Float64, Int32, List, Struct, Utf8, makeData } from 'apache-arrow';

/** @import { Data } from 'apache-arrow' */

// Columns are built from whole buffers, never through apache-arrow's Builders: those are slow for bytes and
// write the children of nested lists as nulls. Nothing in the sample is null.

/**
 * @param {readonly Uint8Array[]} values
 * @returns {Data<Binary>}
 */
export function binaryColumn(values) {
  const { valueOffsets, data } = packed(values);
  return makeData({ type: new Binary(), length: values.length, nullCount: 0, valueOffsets, data });
}

/**
 * @param {readonly string[]} values
 * @returns {Data<Utf8>}
 */
export function textColumn(values) {
  const encoder = new TextEncoder();
  const { valueOffsets, data } = packed(values.map((value) => encoder.encode(value)));
  return makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets, data });
}

/**
 * @param {readonly number[]} values
 * @returns {Data<Float64>}
 */
export function numberColumn(values) {
  return makeData({ type: new Float64(), length: values.length, nullCount: 0, data: Float64Array.from(values) });
}

/**
 * @param {readonly Int32Array[]} values
 * @returns {Data<List<Int32>>}
 */
export function tokenListColumn(values) {
  const valueOffsets = offsetsOf(values);
  const tokens = new Int32Array(valueOffsets[values.length] ?? 0);
  values.forEach((value, row) => tokens.set(value, valueOffsets[row]));
  const child = makeData({ type: new Int32(), length: tokens.length, nullCount: 0, data: tokens });
  // `element` is the name of the Parquet specification, and what pyarrow writes.
  const type = new List(new Field('element', new Int32(), true));
  return makeData({ type, length: values.length, nullCount: 0, valueOffsets, child });
}

/**
 * @param {Readonly<Record<string, Data>>} columns All of one length.
 * @returns {Data<Struct>}
 */
export function structColumn(columns) {
  const fields = Object.entries(columns).map(([name, { type }]) => new Field(name, type, true));
  const children = Object.values(columns);
  return makeData({ type: new Struct(fields), length: children[0]?.length ?? 0, nullCount: 0, children });
}

/** @param {readonly Uint8Array[]} values */
function packed(values) {
  const valueOffsets = offsetsOf(values);
  const data = new Uint8Array(valueOffsets[values.length] ?? 0);
  values.forEach((value, row) => data.set(value, valueOffsets[row]));
  return { valueOffsets, data };
}

/** @param {readonly { readonly length: number }[]} values */
function offsetsOf(values) {
  const offsets = new Int32Array(values.length + 1);
  values.forEach((value, row) => (offsets[row + 1] = /** @type {number} */ (offsets[row]) + value.length));
  return offsets;
}
