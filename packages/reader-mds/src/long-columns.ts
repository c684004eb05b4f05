import { isUtf8 } from 'node:buffer';
import { bytesOfDtype, dtypeOf } from '@riffle/codec-mds';
import { DataType, type Data, type Field } from 'apache-arrow';
import { badValue, unsupported } from './bad-content.ts';
import type { ColumnSource } from './build-column.ts';
import { copyBytes } from './copy-bytes.ts';
import { makeAny } from './make-any.ts';

/** Offsets of 32 or 64 bits, as the type has them, from the ends of values. */
function offsetsOf({ name, field }: ColumnSource['plan'], ends: Float64Array): Int32Array | BigInt64Array {
  const type = field.type as DataType;
  if (DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type))
    return BigInt64Array.from({ length: ends.length }, (_, index) => BigInt(ends[index]!));
  if (ends.at(-1)! > 2 ** 31 - 1)
    throw unsupported(`Column ${name} has a value of more than 2 GiB, which ${String(type)} does not hold.`, name);
  return Int32Array.from(ends);
}

/** The values side by side, and where they end, behind a 0. */
function joined(
  bytes: Uint8Array,
  starts: Uint32Array,
  sizes: Uint32Array,
): { readonly data: Uint8Array; readonly ends: Float64Array } {
  const ends = new Float64Array(sizes.length + 1);
  for (let row = 0; row < sizes.length; row++) ends[row + 1] = ends[row]! + sizes[row]!;
  // All of it stands in the block: no more than was read.
  const data = new Uint8Array(ends.at(-1)!);
  for (let row = 0; row < sizes.length; row++) copyBytes(bytes, starts[row]!, sizes[row]!, data, ends[row]!);
  return { data, ends };
}

export function byteColumn({ bytes, starts, sizes, plan, firstRow }: ColumnSource): Data {
  const type = plan.field.type as DataType;
  const { data, ends } = joined(bytes, starts, sizes!);
  const common = { type, length: starts.length, nullCount: 0, data };
  if (!DataType.isFixedSizeBinary(type)) return makeAny({ ...common, valueOffsets: offsetsOf(plan, ends) });
  const wrong = sizes!.findIndex((size) => size !== type.byteWidth);
  if (wrong >= 0) throw badValue(firstRow + wrong, plan.name, `${sizes![wrong]} bytes are not ${type.byteWidth}`);
  return makeAny(common);
}

export function textColumn({ bytes, starts, sizes, plan, firstRow }: ColumnSource): Data {
  const { data, ends } = joined(bytes, starts, sizes!);
  // Together they are UTF-8 also where a character is cut in two; then the second begins within it.
  let isSound = isUtf8(data);
  for (let row = 0; isSound && row < starts.length; row++)
    isSound = ends[row] === ends[row + 1] || (data[ends[row]!]! & 0xc0) !== 0x80;
  for (let row = 0; !isSound && row < starts.length; row++)
    if (!isUtf8(data.subarray(ends[row]!, ends[row + 1]!)))
      throw badValue(firstRow + row, plan.name, 'it is not UTF-8');
  const type = plan.field.type as DataType;
  return makeAny({ type, length: starts.length, nullCount: 0, data, valueOffsets: offsetsOf(plan, ends) });
}

/**
 * Lists of numbers behind their shape.
 * Source: MosaicML Streaming, `NDArray.decode` of `format/mds/encodings.py` (Apache-2.0).
 */
export function listColumn({ bytes, starts, sizes, plan, firstRow }: ColumnSource): Data {
  const { name, field } = plan;
  const item = (field.type as DataType).children[0] as Field;
  const width = bytesOfDtype(dtypeOf(item.type as DataType)!);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const valueStarts = new Uint32Array(starts.length);
  const valueSizes = new Uint32Array(starts.length);
  const ends = new Float64Array(starts.length + 1);
  for (let row = 0; row < starts.length; row++) {
    const [start, size] = [starts[row]!, sizes![row]!];
    const shape = size === 0 ? undefined : bytes[start]!;
    if (shape === undefined) throw badValue(firstRow + row, name, 'an array has no bytes');
    if (shape >> 2 !== 1)
      throw unsupported(
        `Row ${firstRow + row}, counted from 0, column ${name} is an array of ${shape >> 2} dimensions. Only those of one are read, unless the encoding tells the shape: ndarray:DTYPE:SHAPE.`,
        name,
      );
    const head = 1 + (1 << (shape & 3));
    const count = head > size ? NaN : countAt(view, start + 1, shape & 3);
    if (count * width !== size - head)
      throw badValue(firstRow + row, name, `an array of ${count} numbers does not take ${size} bytes`);
    valueStarts[row] = start + head;
    valueSizes[row] = size - head;
    ends[row + 1] = ends[row]! + count;
  }
  const { data } = joined(bytes, valueStarts, valueSizes);
  const { ArrayType } = item.type as { ArrayType: { new (buffer: ArrayBufferLike): ArrayBufferView } };
  const child = makeAny({
    type: item.type as DataType,
    length: ends.at(-1)!,
    nullCount: 0,
    data: new ArrayType(data.buffer),
  });
  const type = field.type as DataType;
  return makeAny({ type, length: starts.length, nullCount: 0, valueOffsets: offsetsOf(plan, ends), child });
}

/** A count of 1, 2, 4 or 8 bytes. */
function countAt(view: DataView, at: number, widthCode: number): number {
  if (widthCode === 0) return view.getUint8(at);
  if (widthCode === 1) return view.getUint16(at, true);
  return widthCode === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
