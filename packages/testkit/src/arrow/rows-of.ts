import { DataType, Vector, type Data, type RecordBatch } from 'apache-arrow';

/** One value as JSON can hold it, equal for two values exactly if they are logically equal. */
export type CanonicalValue =
  | null
  | boolean
  | string
  | readonly CanonicalValue[]
  | { readonly [name: string]: CanonicalValue };

/** One row: its columns by name, in column order. */
export type CanonicalRow = { readonly [column: string]: CanonicalValue };

/**
 * The rows of a batch, in order, the slow and plain way: the naive model that kernels, readers and writers are tested against.
 *
 * | Arrow | here |
 * |---|---|
 * | integers, dates, times, timestamps, durations, intervals | decimal digits of the stored integer |
 * | decimals | decimal digits of the unscaled integer |
 * | floats | hexadecimal digits of the bits, so NaNs and −0 stay distinct |
 * | utf8 and its kin | the text; if it is not UTF-8, as binary |
 * | binary and its kin | `hex:` and the bytes |
 * | lists | arrays; maps are arrays of `[key, value]` |
 * | structs | objects |
 * | dictionary | the value meant |
 *
 * @throws Error for unions.
 */
export function rowsOf(batch: RecordBatch): CanonicalRow[] {
  const rows: CanonicalRow[] = [];
  for (let row = 0; row < batch.numRows; row++)
    rows.push(
      namedValues(
        batch.schema.fields.map((field) => field.name),
        batch.data.children,
        row,
      ),
    );
  return rows;
}

/** The canonical form of one value of a column. */
export function canonicalValue(data: Data, index: number): CanonicalValue {
  const type: DataType = data.type;
  if (DataType.isNull(type) || isNull(data, index)) return null;
  if (DataType.isBool(type)) return bitAt(data.values as Uint8Array, data.offset + index);
  if (DataType.isFloat(type)) return hex(bytesAt(data, index, 2 << type.precision).toReversed());
  if (DataType.isDecimal(type)) return String(signedInteger(bytesAt(data, index, type.bitWidth / 8)));
  if (DataType.isInterval(type))
    return `hex:${hex(bytesAt(data, index, (data.values as Int32Array).BYTES_PER_ELEMENT * data.stride))}`;
  if (
    DataType.isInt(type) ||
    DataType.isDate(type) ||
    DataType.isTime(type) ||
    DataType.isTimestamp(type) ||
    DataType.isDuration(type)
  ) {
    return String((data.values as Int32Array | BigInt64Array)[index]);
  }
  if (DataType.isFixedSizeBinary(type)) return `hex:${hex(bytesAt(data, index, type.byteWidth))}`;
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type))
    return text((data.values as Uint8Array).subarray(...rangeAt(data, index)));
  if (DataType.isBinary(type) || DataType.isLargeBinary(type))
    return `hex:${hex((data.values as Uint8Array).subarray(...rangeAt(data, index)))}`;
  if (DataType.isUtf8View(type)) return new Vector([data]).get(index) as string;
  if (DataType.isBinaryView(type)) return `hex:${hex(new Vector([data]).get(index) as Uint8Array)}`;
  if (DataType.isList(type) || DataType.isLargeList(type)) return items(data.children[0]!, ...rangeAt(data, index));
  if (DataType.isFixedSizeList(type))
    return items(data.children[0]!, index * type.listSize, (index + 1) * type.listSize);
  if (DataType.isMap(type)) {
    const [keys, values] = data.children[0]!.children;
    const [start, end] = rangeAt(data, index);
    return Array.from({ length: end - start }, (_, at) => [
      canonicalValue(keys!, start + at),
      canonicalValue(values!, start + at),
    ]);
  }
  if (DataType.isStruct(type))
    return namedValues(
      type.children.map((field) => field.name),
      data.children,
      index,
    );
  if (DataType.isDictionary(type)) return dictionaryValue(data.dictionary!, Number((data.values as Int32Array)[index]));
  throw new Error(`rowsOf does not know the Arrow type ${type}.`);
}

function isNull(data: Data, index: number): boolean {
  const bitmap = data.nullBitmap as Uint8Array | undefined;
  return bitmap !== undefined && bitmap.length > 0 && !bitAt(bitmap, data.offset + index);
}

function bitAt(bytes: Uint8Array, bit: number): boolean {
  return (bytes[bit >> 3]! & (1 << (bit & 7))) !== 0;
}

/** apache-arrow cuts values and offsets when it slices; only bits (validity, bool) still count from `offset`. */
function bytesAt(data: Data, index: number, width: number): Uint8Array {
  const values = data.values as Uint8Array;
  return new Uint8Array(values.buffer, values.byteOffset + index * width, width);
}

function rangeAt(data: Data, index: number): [start: number, end: number] {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  return [Number(offsets[index]), Number(offsets[index + 1])];
}

function items(child: Data, start: number, end: number): CanonicalValue[] {
  return Array.from({ length: end - start }, (_, at) => canonicalValue(child, start + at));
}

function namedValues(
  names: readonly string[],
  children: readonly Data[],
  index: number,
): { [name: string]: CanonicalValue } {
  // Without a prototype, so that a column may be called `toString` or `__proto__`.
  const values = Object.create(null) as { [name: string]: CanonicalValue };
  names.forEach((name, at) => {
    // Two fields may bear one name; neither may hide the other.
    const unique = name in values ? `${name} (field ${at})` : name;
    values[unique] = canonicalValue(children[at]!, index);
  });
  return values;
}

function dictionaryValue(dictionary: Vector, index: number): CanonicalValue {
  let rest = index;
  for (const chunk of dictionary.data) {
    if (rest < chunk.length) return canonicalValue(chunk, rest);
    rest -= chunk.length;
  }
  throw new Error(`A dictionary of ${dictionary.length} values has no value ${index}.`);
}

function signedInteger(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]!);
  return BigInt.asIntN(bytes.length * 8, value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `hex:${hex(bytes)}`;
  }
}
