import type { Data, DataType, Dictionary } from 'apache-arrow';
import { RiffleError } from '@riffle/core';
import { bitAt } from './bits.ts';
import { makeColumn, noBytes, type Column } from './column.ts';
import { emptyColumn } from './empty-column.ts';
import { layoutOf } from './layout.ts';
import { plainType } from './plain-type.ts';
import { takeColumn } from './take.ts';
import { columnFromViews } from './view-column.ts';

/** The bytes behind a typed array, without copying; an absent buffer has none. */
function bytesOf(buffer: ArrayBufferView | undefined): Uint8Array {
  if (buffer === undefined) return noBytes;
  return buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** 64-bit offsets as 32-bit ones. @throws if a batch is so large that they do not fit (it should have been read in slices). */
function narrowOffsets(offsets: BigInt64Array): Int32Array {
  const words = new Int32Array(offsets.buffer, offsets.byteOffset, offsets.length * 2);
  const narrow = new Int32Array(offsets.length);
  for (let index = 0; index < narrow.length; index++) {
    if (words[2 * index + 1] !== 0 || words[2 * index]! < 0) {
      throw new RiffleError(
        'INTERNAL',
        'A batch holds more than 2 GiB in one column; it must be read in smaller slices.',
      );
    }
    narrow[index] = words[2 * index]!;
  }
  return narrow;
}

/**
 * `length` values of `width` bytes, from an address that the kernels can read as words: fixed-size binary may stand anywhere.
 * A column of nulls alone may come without values.
 */
function fixedValues(data: Data, width: number): Uint8Array {
  const needed = data.length * width;
  const values = bytesOf(data.values).subarray(0, needed);
  const asWords = width === 2 || width === 4 || width === 8;
  if (values.length === needed)
    return asWords && values.byteOffset % Math.min(width, 4) !== 0 ? values.slice() : values;
  if (data.nullCount === data.length) return new Uint8Array(needed);
  throw new RiffleError(
    'BAD_CONTENT',
    `A column of ${data.length} values of ${width} bytes has only ${values.length} bytes.`,
  );
}

function offsetsOf(data: Data, large: boolean): Int32Array {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array | undefined;
  if (offsets === undefined || offsets.length === 0) return new Int32Array(data.length + 1);
  return large ? narrowOffsets(offsets as BigInt64Array) : (offsets as Int32Array);
}

/**
 * A view of apache-arrow's Data as a {@link Column}. Copies only 64-bit offsets, dictionaries, views, and values at odd addresses.
 * @throws `BAD_CONTENT` where buffers contradict each other, `UNSUPPORTED_CONTENT` for types that Riffle cannot move.
 */
export function columnFromData(data: Data): Column {
  const layout = layoutOf(data.type as DataType);
  const type = plainType(data.type as DataType);
  const { length } = data;
  const hasNulls = layout.kind !== 'null' && data.nullCount > 0;
  const common = {
    type,
    layout,
    length,
    validity: hasNulls ? data.nullBitmap : undefined,
    validityOffset: hasNulls ? data.offset : 0,
  };
  switch (layout.kind) {
    case 'null':
      return makeColumn(common);
    case 'bits':
      return makeColumn({ ...common, values: bytesOf(data.values), valuesOffset: data.offset });
    case 'fixed':
      return makeColumn({ ...common, values: fixedValues(data, layout.width) });
    case 'bytes':
      return makeColumn({ ...common, offsets: offsetsOf(data, layout.large), values: bytesOf(data.values) });
    case 'view':
      return columnFromViews(data, common.validity, common.validityOffset);
    case 'list':
      return makeColumn({
        ...common,
        offsets: offsetsOf(data, layout.large),
        children: [columnFromData(data.children[0]!)],
      });
    case 'fixed-list':
    case 'struct':
      return makeColumn({ ...common, children: data.children.map((child) => columnFromData(child)) });
    case 'dictionary':
      return resolveDictionary(data as Data<Dictionary>, common);
  }
}

/** A dictionary column as its values. A null index, or an index of a null value, becomes null. */
function resolveDictionary(
  data: Data<Dictionary>,
  common: Pick<Column, 'length' | 'validity' | 'validityOffset'>,
): Column {
  const dictionary = data.dictionary;
  const parts = dictionary === undefined ? [] : dictionary.data.map((part) => columnFromData(part));
  const sizes = parts.map((part) => part.length);
  const indices = data.values as ArrayLike<number | bigint>;
  const rows = new Uint32Array(common.length);
  const which = parts.length > 1 ? new Uint32Array(common.length) : undefined;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (let row = 0; row < rows.length; row++) {
    const valid = common.validity === undefined || bitAt(common.validity, common.validityOffset + row);
    let index = valid ? Number(indices[row]) : 0;
    if (valid && !(index >= 0 && index < total))
      throw new RiffleError(
        'BAD_CONTENT',
        `A dictionary index (${index}) is outside the dictionary of ${total} values.`,
      );
    if (which !== undefined) {
      let part = 0;
      while (index >= sizes[part]!) index -= sizes[part++]!;
      which[row] = part;
    }
    rows[row] = index;
  }
  return takeColumn(
    parts.length === 0 ? [emptyColumn(data.type.dictionary as DataType)] : parts,
    { which, rows },
    0,
    rows.length,
    common,
  );
}
