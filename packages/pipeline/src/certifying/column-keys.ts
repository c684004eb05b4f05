import type { Column } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { DataType } from 'apache-arrow';
import type { KeyKind } from './column-path.ts';

/** Values of a column as they are compared. Nulls come first: of `integers` they are marked, of `numbers` −Infinity, of `texts` the empty text. */
export type ColumnKeys =
  | { readonly kind: 'integers'; readonly values: BigInt64Array; readonly nulls: Uint8Array }
  | { readonly kind: 'numbers'; readonly values: Float64Array }
  | { readonly kind: 'texts'; readonly values: string[] };

/** Longer texts are compared by their first bytes: what follows would cost memory and tell little. */
const longestText = 256;

/** Stands before every text, so that the empty one is not null. */
const textMark = '\u0001';

export function emptyKeys(kind: KeyKind, rows: number): ColumnKeys {
  if (kind === 'integers') return { kind, values: new BigInt64Array(rows), nulls: new Uint8Array(rows) };
  if (kind === 'numbers') return { kind, values: new Float64Array(rows) };
  return { kind, values: new Array<string>(rows).fill('') };
}

const bitAt = (bits: Uint8Array, index: number) => ((bits[index >> 3]! >> (index & 7)) & 1) === 1;

/** Float16 as a number of the same order. */
function orderOfHalf(bits: number): number {
  return (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0 ? Number.NaN : bits < 0x8000 ? bits : 0x8000 - bits;
}

/** A little-endian two's complement number of `width` bytes, to the precision of a double. */
function wideNumber(view: DataView, at: number, width: number): number {
  let value = Number(view.getBigInt64(at + width - 8, true));
  for (let word = width - 16; word >= 0; word -= 8)
    value = value * 2 ** 64 + Number(view.getBigUint64(at + word, true));
  return value;
}

function numberReader(type: DataType, width: number): (view: DataView, at: number) => number {
  if (DataType.isFloat(type)) {
    if (width === 2) return (view, at) => orderOfHalf(view.getUint16(at, true));
    return width === 4 ? (view, at) => view.getFloat32(at, true) : (view, at) => view.getFloat64(at, true);
  }
  if (DataType.isInt(type)) return (view, at) => Number(integerReader(type, width)(view, at));
  if (width === 4) return (view, at) => view.getInt32(at, true);
  return (view, at) => wideNumber(view, at, width);
}

function integerReader(type: DataType, width: number): (view: DataView, at: number) => bigint {
  const unsigned = DataType.isInt(type) && !type.isSigned;
  if (width === 1) return (view, at) => BigInt(unsigned ? view.getUint8(at) : view.getInt8(at));
  if (width === 2) return (view, at) => BigInt(unsigned ? view.getUint16(at, true) : view.getInt16(at, true));
  if (width === 4) return (view, at) => BigInt(unsigned ? view.getUint32(at, true) : view.getInt32(at, true));
  return unsigned ? (view, at) => view.getBigUint64(at, true) : (view, at) => view.getBigInt64(at, true);
}

function textAt({ layout, values, offsets }: Column, row: number): string {
  const start = layout.kind === 'fixed' ? row * layout.width : offsets![row]!;
  const end = layout.kind === 'fixed' ? start + layout.width : offsets![row + 1]!;
  const bytes = values!.subarray(start, Math.min(end, start + longestText));
  return textMark + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const layoutsOf: Readonly<Record<KeyKind, readonly Column['layout']['kind'][]>> = {
  integers: ['fixed', 'null'],
  numbers: ['fixed', 'bits', 'null'],
  texts: ['fixed', 'bytes', 'null'],
};

/** Sets `keys` from place `at` on to rows `from` … `to − 1` of the column at the end of `chain`, whose other members are the structs around it. */
export function copyKeys(chain: readonly Column[], from: number, to: number, keys: ColumnKeys, at: number): void {
  const leaf = chain.at(-1)!;
  const { layout, values, type } = leaf;
  const masks = chain.filter(({ validity }) => validity !== undefined);
  const isNull = (row: number) =>
    layout.kind === 'null' || masks.some(({ validity, validityOffset }) => !bitAt(validity!, validityOffset + row));
  const width = layout.kind === 'fixed' ? layout.width : 0;
  const bytes = values ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!layoutsOf[keys.kind].includes(layout.kind))
    throw new RiffleError('INTERNAL', `Values of ${String(type)} cannot be compared as ${keys.kind}.`);
  const asNumber = numberReader(type, width);
  const asInteger = integerReader(type, width);
  for (let row = from; row < to; row++) {
    const place = at + row - from;
    if (keys.kind === 'texts') keys.values[place] = isNull(row) ? '' : textAt(leaf, row);
    else if (keys.kind === 'integers') {
      if (isNull(row)) keys.nulls[place] = 1;
      else keys.values[place] = asInteger(view, row * width);
    } else if (isNull(row)) keys.values[place] = -Infinity;
    else
      keys.values[place] =
        layout.kind === 'bits' ? Number(bitAt(bytes, leaf.valuesOffset + row)) : asNumber(view, row * width);
  }
}
