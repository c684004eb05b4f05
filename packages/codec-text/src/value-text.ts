import { isUtf8 } from 'node:buffer';
import { RiffleError } from '@riffle/core';
import { DataType, DateUnit, type Data, type Field } from 'apache-arrow';
import { formatClock, formatDays, formatMoment } from './civil-time.ts';
import { formatDecimal } from './decimal-text.ts';
import { halfValue, unusualFloat } from './float-bits.ts';

/** The JSON of the value at an index. */
export type TextOf = (index: number) => string;

const millisecondsPerDay = 86_400_000n;

const bitAt = (bytes: Uint8Array, bit: number) => (bytes[bit >> 3]! & (1 << (bit & 7))) !== 0;

/** The values of a column as JSON. `path` is for messages. */
export function valueText(data: Data, path: string): TextOf {
  if (DataType.isNull(data.type)) return () => 'null';
  const present = presentText(data, path);
  const { nullBitmap, offset } = data as { readonly nullBitmap?: Uint8Array; readonly offset: number };
  if (nullBitmap === undefined || nullBitmap.length === 0) return present;
  return (index) => (bitAt(nullBitmap, offset + index) ? present(index) : 'null');
}

function presentText(data: Data, path: string): TextOf {
  const type: DataType = data.type;
  const children = data.children as readonly Data[];
  if (DataType.isBool(type))
    return (index) => (bitAt(data.values as Uint8Array, data.offset + index) ? 'true' : 'false');
  if (DataType.isFloat(type)) return floatText(data, 2 << type.precision);
  if (DataType.isDecimal(type)) return decimalText(data, type.bitWidth / 8, type.scale);
  if (DataType.isFixedSizeBinary(type)) {
    const { byteWidth } = type;
    return (index) => `"${base64(data.values as Uint8Array, index * byteWidth, (index + 1) * byteWidth)}"`;
  }
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return stringText(data, path);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) {
    const rangeOf = ranges(data);
    return (index) => `"${base64(data.values as Uint8Array, ...rangeOf(index))}"`;
  }
  if (DataType.isStruct(type)) return structText(type.children, children, path);
  if (DataType.isFixedSizeList(type)) {
    const item = valueText(children[0]!, `${path}[]`);
    return (index) => listText(item, index * type.listSize, (index + 1) * type.listSize);
  }
  if (DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type)) {
    const item = valueText(children[0]!, `${path}[]`);
    const rangeOf = ranges(data);
    return (index) => listText(item, ...rangeOf(index));
  }
  return integerText(data, momentOf(type));
}

const base64 = (bytes: Uint8Array, start: number, end: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('base64');

function ranges(data: Data): (index: number) => [start: number, end: number] {
  const offsets = data.valueOffsets as Int32Array | BigInt64Array;
  return (index) => [Number(offsets[index]), Number(offsets[index + 1])];
}

function listText(item: TextOf, start: number, end: number): string {
  let text = '[';
  for (let at = start; at < end; at++) text += at === start ? item(at) : `,${item(at)}`;
  return `${text}]`;
}

/**
 * Objects with all members of their type, in its order, as JSON.
 * @param children A column for each field.
 * @param path Of the objects, for messages; empty for rows.
 * @throws RiffleError `UNSUPPORTED_CONTENT`, from what is returned, for text that is not UTF-8
 */
export function structText(fields: readonly Field[], children: readonly Data[], path: string): TextOf {
  const members = fields.map(({ name }, index) => {
    const column = path === '' ? name : `${path}.${name}`;
    return { key: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`, value: valueText(children[index]!, column) };
  });
  return (index) => {
    let text = '{';
    for (const { key, value } of members) text += key + value(index);
    return `${text}}`;
  };
}

function stringText(data: Data, path: string): TextOf {
  const rangeOf = ranges(data);
  const values = data.values as Uint8Array;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.length);
  return (index) => {
    const [start, end] = rangeOf(index);
    const text = bytes.toString('utf8', start, end);
    // What is no UTF-8 becomes this character; it may also be one of the text.
    if (text.includes('\ufffd') && !isUtf8(bytes.subarray(start, end)))
      throw new RiffleError(
        'UNSUPPORTED_CONTENT',
        `Column ${path} holds a text that is not UTF-8, which JSON cannot hold. Cast it to binary, or mend the source.`,
        { column: path },
      );
    return JSON.stringify(text);
  };
}

/** Numbers have a point or an exponent, so that programs that guess types see fractions. */
function floatText(data: Data, width: number): TextOf {
  const values = data.values as Uint8Array;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return (index) => {
    const at = index * width;
    const value =
      width === 8
        ? view.getFloat64(at, true)
        : width === 4
          ? view.getFloat32(at, true)
          : halfValue(view.getUint16(at, true));
    if (Number.isFinite(value)) {
      if (Object.is(value, -0)) return '-0.0';
      const text = String(value);
      return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
    }
    const bits =
      width === 8
        ? view.getBigUint64(at, true)
        : BigInt(width === 4 ? view.getUint32(at, true) : view.getUint16(at, true));
    return `"${unusualFloat(value, bits, width)}"`;
  };
}

function decimalText(data: Data, width: number, scale: number): TextOf {
  const values = data.values as Uint8Array;
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  return (index) => {
    let unscaled = 0n;
    for (let byte = width - 8; byte >= 0; byte -= 8)
      unscaled = (unscaled << 64n) | view.getBigUint64(index * width + byte, true);
    return `"${formatDecimal(BigInt.asIntN(width * 8, unscaled), scale)}"`;
  };
}

/** ISO 8601 for types of days and clocks; undefined for values that it has no text for, and for other types. */
function momentOf(type: DataType): (value: bigint) => string | undefined {
  if (DataType.isDate(type)) {
    if (type.unit === DateUnit.DAY) return (value) => formatDays(Number(value));
    return (value) =>
      value % millisecondsPerDay === 0n
        ? formatDays(Number(value / millisecondsPerDay))
        : formatMoment(value, 1, false);
  }
  if (DataType.isTime(type)) return (value) => formatClock(value, type.unit);
  if (DataType.isTimestamp(type)) {
    const withZone = typeof type.timezone === 'string' && type.timezone !== '';
    return (value) => formatMoment(value, type.unit, withZone);
  }
  return () => undefined;
}

function integerText(data: Data, moment: (value: bigint) => string | undefined): TextOf {
  const values = data.values as Int32Array | BigInt64Array;
  if (DataType.isInt(data.type) || DataType.isDuration(data.type)) return (index) => String(values[index]);
  return (index) => {
    const text = moment(BigInt(values[index]!));
    return text === undefined ? String(values[index]) : `"${text}"`;
  };
}
