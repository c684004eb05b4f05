import { Data, DataType, RecordBatch, Vector, type Dictionary, type Schema, Struct } from 'apache-arrow';
import type { WasmMemory } from './web-assembly.ts';

/**
 * apache-arrow objects as views of Arrow C data in wasm memory: nothing is copied, so they die when the memory grows or
 * the data is freed. Types come from the schema; of the C interface, only the ArrowArray structs are read.
 * Source: https://arrow.apache.org/docs/format/CDataInterface.html, with the 32-bit pointers of wasm.
 */

/** Byte offsets of the members of ArrowArray. */
const member = {
  length: 0,
  nullCount: 8,
  offset: 16,
  bufferCount: 24,
  childCount: 32,
  buffers: 40,
  children: 44,
  dictionary: 48,
} as const;

interface TypedArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): ArrayBufferView;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView;
}

interface ArrowArray {
  readonly length: number;
  readonly nullCount: number;
  readonly offset: number;
  readonly bufferCount: number;
  readonly childCount: number;
  /** Address of buffer `index`; 0 where there is none. */
  buffer(index: number): number;
  child(index: number): number;
  readonly dictionary: number;
}

/** A 64-bit number that is no size beyond 2^53. */
function integerAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + 2 ** 32 * view.getInt32(at + 4, true);
}

function readArray(view: DataView, address: number): ArrowArray {
  const buffers = view.getUint32(address + member.buffers, true);
  const children = view.getUint32(address + member.children, true);
  const bufferCount = buffers === 0 ? 0 : integerAt(view, address + member.bufferCount);
  const childCount = children === 0 ? 0 : integerAt(view, address + member.childCount);
  return {
    length: integerAt(view, address + member.length),
    nullCount: integerAt(view, address + member.nullCount),
    offset: integerAt(view, address + member.offset),
    bufferCount,
    childCount,
    buffer: (index) => (index < bufferCount ? view.getUint32(buffers + 4 * index, true) : 0),
    child: (index) => view.getUint32(children + 4 * index, true),
    dictionary: view.getUint32(address + member.dictionary, true),
  };
}

/** `count` elements from element `first` on. A buffer at an odd address is copied; an absent one is zeros. */
function elements(
  memory: WasmMemory,
  type: TypedArrayConstructor,
  address: number,
  first: number,
  count: number,
): ArrayBufferView {
  if (address === 0 || count === 0) return new type(count);
  const width = type.BYTES_PER_ELEMENT;
  const start = address + first * width;
  if (start % width === 0) return new type(memory.buffer, start, count);
  return new type(memory.buffer.slice(start, start + count * width), 0, count);
}

/** Number of buffers that arrays of a type have. View types do not come: parquet-wasm makes plain columns of them. */
function bufferCount(type: DataType): number {
  if (DataType.isNull(type)) return 0;
  if (DataType.isStruct(type) || DataType.isFixedSizeList(type)) return 1;
  return isBytes(type) ? 3 : 2;
}

function isBytes(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
}

function isList(type: DataType): boolean {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type);
}

function isLarge(type: DataType): boolean {
  return DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type);
}

function part(data: Data, offset: number, length: number): Data {
  return offset === 0 && data.length === length ? data : data.slice(offset, length);
}

/** One array as Data. @throws Error if the array does not have the shape of the type, which is a bug of the codec. */
function viewArray(memory: WasmMemory, view: DataView, type: DataType, address: number): Data {
  const array = readArray(view, address);
  const { length, offset } = array;
  const children = type.children ?? [];
  if (array.bufferCount !== bufferCount(type) || array.childCount !== children.length) {
    throw new Error(
      `parquet-wasm exported ${array.bufferCount} buffers and ${array.childCount} children for ${String(type)}.`,
    );
  }
  if (DataType.isNull(type)) return new Data(type, 0, length, length);

  // Only bitmaps are read from `offset` on in apache-arrow's Data; all else is cut to begin at its first element.
  const hasValidity = array.nullCount !== 0 && array.buffer(0) !== 0;
  const validity = hasValidity
    ? elements(memory, Uint8Array, array.buffer(0), 0, (offset + length + 7) >> 3)
    : undefined;
  const make = (parts: {
    offsets?: ArrayBufferView;
    values?: ArrayBufferView;
    children?: Data[];
    dictionary?: Vector;
  }): Data =>
    new Data(
      type,
      offset,
      length,
      hasValidity ? array.nullCount : 0,
      [parts.offsets, parts.values, validity] as never,
      parts.children,
      parts.dictionary,
    );

  if (DataType.isStruct(type)) {
    return make({
      children: children.map((field, index) =>
        part(viewArray(memory, view, field.type, array.child(index)), offset, length),
      ),
    });
  }
  if (DataType.isFixedSizeList(type)) {
    const size = type.listSize;
    return make({
      children: [part(viewArray(memory, view, children[0]!.type, array.child(0)), offset * size, length * size)],
    });
  }
  if (isBytes(type) || isList(type)) {
    const offsets = elements(
      memory,
      isLarge(type) ? BigInt64Array : Int32Array,
      array.buffer(1),
      offset,
      length + 1,
    ) as Int32Array | BigInt64Array;
    if (isList(type)) return make({ offsets, children: [viewArray(memory, view, children[0]!.type, array.child(0))] });
    return make({ offsets, values: elements(memory, Uint8Array, array.buffer(2), 0, Number(offsets[length])) });
  }
  if (DataType.isBool(type))
    return make({ values: elements(memory, Uint8Array, array.buffer(1), 0, (offset + length + 7) >> 3) });
  const stride = new Data(type, 0, 0).stride;
  if (DataType.isDictionary(type)) {
    const { dictionary: values, indices } = type as Dictionary;
    return make({
      values: elements(memory, indices.ArrayType as TypedArrayConstructor, array.buffer(1), offset, length),
      dictionary: new Vector([viewArray(memory, view, values, array.dictionary)]),
    });
  }
  return make({
    values: elements(
      memory,
      type.ArrayType as TypedArrayConstructor,
      array.buffer(1),
      offset * stride,
      length * stride,
    ),
  });
}

/**
 * A record batch as views of the ArrowArray at `address`, whose children are the schema's columns.
 * @throws Error if array and schema do not fit together, which is a bug of the codec.
 */
export function viewRecordBatch(memory: WasmMemory, schema: Schema, address: number): RecordBatch {
  const view = new DataView(memory.buffer);
  return new RecordBatch(schema, viewArray(memory, view, new Struct(schema.fields), address) as Data<Struct>);
}
