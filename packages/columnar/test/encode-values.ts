import { Data, DataType, makeData, Vector } from 'apache-arrow';
import type { Random } from '@riffle/testkit';
import { valueText, type Value } from './value-tree.ts';

const makeAny = makeData as (properties: { readonly type: DataType; readonly [name: string]: unknown }) => Data;
const inlineBytes = 12;

/**
 * Values as Arrow data of a type, laid out in a way that `random` picks: behind nulls stand other values, text and lists do not
 * start at 0, and half of the time, at every level, it is a slice of a longer array.
 */
export function encodeValues(type: DataType, values: readonly Value[], random: Random): Data {
  if (values.length === 0 || random.chance(0.5)) return encode(type, values, random);
  const before = 1 + random.below(9);
  const more = Array.from({ length: before }, () => random.pick(values));
  return encode(type, [...more, ...values, random.pick(values)], random).slice(before, values.length);
}

function encode(type: DataType, values: readonly Value[], random: Random): Data {
  const length = values.length;
  if (DataType.isNull(type)) return makeAny({ type, length });
  if (DataType.isDictionary(type)) return encodeDictionary(type.dictionary as DataType, type, values, random);
  const present = values.filter((value) => value !== null);
  /** What stands in a null's place: anything at all. */
  const filled = <Item extends Value>(empty: Item): Item[] =>
    values.map((value) => (value ?? (present.length > 0 && random.chance(0.7) ? random.pick(present) : empty)) as Item);
  const common = {
    type,
    length,
    ...(present.length === length ? { nullCount: 0 } : { nullBitmap: bitmapOf(values.map((value) => value !== null)) }),
  };
  if (DataType.isBool(type)) return makeAny({ ...common, data: bitmapOf(filled(false)) });
  if (DataType.isStruct(type)) {
    const rows = filled<readonly Value[]>(type.children.map(() => null));
    return makeAny({
      ...common,
      children: type.children.map((field, index) =>
        encodeValues(
          field.type,
          rows.map((row) => row[index]!),
          random,
        ),
      ),
    });
  }
  if (DataType.isFixedSizeList(type)) {
    const rows = filled<readonly Value[]>(Array.from({ length: type.listSize }, () => null));
    return makeAny({ ...common, child: encodeValues(type.children[0]!.type, rows.flat() as Value[], random) });
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) {
    const rows = filled<readonly Value[]>([]);
    const before = present.length > 0 && random.chance(0.5) ? (random.pick(present) as readonly Value[]) : [];
    const elements = [before, ...rows].flatMap((row) => [...row]);
    return makeAny({
      ...common,
      valueOffsets: offsetsOf(type, before.length, rows),
      child: encodeValues(type.children[0]!.type, elements, random),
    });
  }
  const rows = filled(new Uint8Array(0));
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return makeAny({ ...common, ...viewsOf(rows, random) });
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    const before = random.below(5);
    return makeAny({
      ...common,
      valueOffsets: offsetsOf(type, before, rows),
      data: joined([new Uint8Array(before).fill(0x7e), ...rows]),
    });
  }
  return encodeFixed(common, rows);
}

function encodeFixed(common: { readonly type: DataType; readonly length: number }, rows: readonly Uint8Array[]): Data {
  const { type, length } = common;
  const ArrayType = type.ArrayType as unknown as {
    new (buffer: ArrayBufferLike): ArrayBufferView;
    BYTES_PER_ELEMENT: number;
  };
  const width = new Data(type, 0, 0, 0).stride * ArrayType.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(length * width);
  rows.forEach((row, index) => bytes.set(row, index * width));
  return makeAny({ ...common, data: new ArrayType(bytes.buffer) });
}

function encodeDictionary(inner: DataType, type: DataType, values: readonly Value[], random: Random): Data {
  const distinct = new Map<string, Value>();
  for (const value of values) distinct.set(valueText(value), value);
  const present = values.filter((value) => value !== null);
  if (distinct.size === 0) distinct.set('', null);
  const texts = [...distinct.keys()];
  // A null may be a null index or the index of a null: both are used.
  const nullByIndex = present.length === values.length || random.chance(0.5);
  const data = values.map((value) => texts.indexOf(valueText(value)));
  const ArrayType = (type as unknown as { indices: DataType }).indices.ArrayType as unknown as Int32ArrayConstructor;
  const nulls = nullByIndex ? { nullCount: 0 } : { nullBitmap: bitmapOf(values.map((value) => value !== null)) };
  return makeAny({
    type,
    length: values.length,
    ...nulls,
    data: ArrayType.from(data),
    dictionary: new Vector([encode(inner, [...distinct.values()], random)]),
  });
}

/** 16 bytes for each value: its length, then itself if it is short, else four bytes of it, the buffer and the place there. */
function viewsOf(
  rows: readonly Uint8Array[],
  random: Random,
): { readonly views: Uint8Array; readonly variadicBuffers: Uint8Array[] } {
  const data = new Uint8Array(16 * rows.length);
  const fields = new DataView(data.buffer);
  const buffers: Uint8Array[][] = [[new Uint8Array(3)], []];
  rows.forEach((row, index) => {
    fields.setInt32(16 * index, row.length, true);
    data.set(row.subarray(0, row.length > inlineBytes ? 4 : inlineBytes), 16 * index + 4);
    if (row.length <= inlineBytes) return;
    const buffer = random.below(2);
    fields.setInt32(16 * index + 8, buffer, true);
    fields.setInt32(16 * index + 12, joined(buffers[buffer]!).length, true);
    buffers[buffer]!.push(row);
  });
  return { views: data, variadicBuffers: buffers.map(joined) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function bitmapOf(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array((bits.length + 7) >> 3);
  bits.forEach((isSet, index) => (isSet ? (bytes[index >> 3]! |= 1 << (index & 7)) : undefined));
  return bytes;
}

function offsetsOf(
  type: DataType,
  first: number,
  rows: readonly { readonly length: number }[],
): Int32Array | BigInt64Array {
  const offsets = [first];
  for (const row of rows) offsets.push(offsets.at(-1)! + row.length);
  const large = DataType.isLargeList(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
  return large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets);
}
