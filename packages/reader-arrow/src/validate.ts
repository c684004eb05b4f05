import { isUtf8 } from 'node:buffer';
import { BadContentError } from '@riffle/core';
import { DataType, type Data, type Dictionary, type FixedSizeBinary, type FixedSizeList } from 'apache-arrow';

/** Nothing of a batch is proved by its metadata: buffers are compared with the numbers of values before anything is taken from them. */

const damaged = (column: string, what: string) =>
  new BadContentError(`Column ${column} is damaged: ${what}.`, { kind: 'page', column });

const bytesOf = (buffer: ArrayBufferView | undefined) => buffer?.byteLength ?? 0;

const isText = (type: DataType) => DataType.isUtf8(type) || DataType.isLargeUtf8(type);
const hasOffsets = (type: DataType) =>
  isText(type) ||
  DataType.isBinary(type) ||
  DataType.isLargeBinary(type) ||
  DataType.isList(type) ||
  DataType.isMap(type);

/** Bytes of `length` fixed-width values, or undefined for types that are not such. */
function fixedBytes(type: DataType, length: number): number | undefined {
  if (DataType.isBool(type)) return Math.ceil(length / 8);
  if (DataType.isFixedSizeBinary(type)) return length * (type as FixedSizeBinary).byteWidth;
  if (DataType.isDecimal(type)) return length * (type.bitWidth / 8);
  if (DataType.isDictionary(type)) return fixedBytes(type.indices as DataType, length);
  const { ArrayType } = type as { readonly ArrayType?: { readonly BYTES_PER_ELEMENT: number } };
  const isNumber =
    DataType.isInt(type) ||
    DataType.isFloat(type) ||
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type);
  return isNumber && ArrayType !== undefined ? length * strideOf(type, ArrayType.BYTES_PER_ELEMENT) : undefined;
}

/** apache-arrow keeps some 64-bit values as pairs of 32 bits. */
function strideOf(type: DataType, elementBytes: number): number {
  const { bitWidth } = type as { readonly bitWidth?: number };
  return bitWidth === undefined ? elementBytes : bitWidth / 8;
}

/** First and last offset, after all were seen to ascend within `most`. */
function checkOffsets(data: Data, most: number, column: string): readonly [number, number] {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array | undefined;
  if (data.length === 0) return [0, 0];
  if (offsets === undefined || offsets.length < data.length + 1)
    throw damaged(column, `${data.length} values have only ${offsets?.length ?? 0} offsets`);
  let last = Number(offsets[0]!);
  if (!(last >= 0)) throw damaged(column, `it begins at ${last}`);
  const first = last;
  for (let index = 1; index <= data.length; index++) {
    const next = Number(offsets[index]!);
    if (!(next >= last)) throw damaged(column, `value ${index - 1} has a negative length`);
    last = next;
  }
  if (last > most) throw damaged(column, `its values end at ${last}, and there are only ${most}`);
  return [first, last];
}

/** Whole text must be UTF-8, and no value may begin within a character. */
function checkText(
  { valueOffsets, values, length }: Data,
  [first, last]: readonly [number, number],
  column: string,
): void {
  const bytes = values as Uint8Array;
  if (!isUtf8(bytes.subarray(first, last)))
    throw new BadContentError(`Column ${column} holds text that is not valid UTF-8.`, { kind: 'text', column });
  for (let row = 1; row < length; row++) {
    const at = Number((valueOffsets as Int32Array | BigInt64Array)[row]!);
    if (at < last && (bytes[at]! & 0xc0) === 0x80)
      throw new BadContentError(`Column ${column} holds text that is not valid UTF-8.`, { kind: 'text', column });
  }
}

/** @throws BadContentError naming the column. */
export function validate(data: Data, column: string): void {
  const type = data.type as DataType;
  const { length, nullCount, offset, children } = data;
  if (nullCount > 0 && !DataType.isNull(type) && bytesOf(data.nullBitmap) < Math.ceil((offset + length) / 8))
    throw damaged(column, `${length} values have ${bytesOf(data.nullBitmap)} bytes of validity`);
  const fixed = fixedBytes(type, length);
  if (fixed !== undefined) {
    if (
      bytesOf(data.values as ArrayBufferView) < fixed &&
      !(nullCount === length && bytesOf(data.values as ArrayBufferView) === 0)
    )
      throw damaged(column, `${length} values have only ${bytesOf(data.values as ArrayBufferView)} bytes`);
    const { dictionary } = data as Data<Dictionary>;
    if (DataType.isDictionary(type)) for (const part of dictionary?.data ?? []) validate(part, column);
    return;
  }
  if (hasOffsets(type)) {
    const most = children[0] === undefined ? bytesOf(data.values as ArrayBufferView) : children[0].length;
    const range = checkOffsets(data, most, column);
    if (isText(type) && length > 0) checkText(data, range, column);
  }
  const least = DataType.isFixedSizeList(type)
    ? length * (type as FixedSizeList).listSize
    : DataType.isStruct(type)
      ? length
      : 0;
  for (const [index, child] of children.entries()) {
    const name = DataType.isStruct(type) ? `${column}.${type.children[index]!.name}` : column;
    if (child.length < least) throw damaged(name, `it has ${child.length} values, and ${least} are needed`);
    validate(child, name);
  }
}
