import { DataType, type Decimal, type Float, type Time, type Timestamp } from 'apache-arrow';
import { bitAt } from '../bits.ts';
import { noBytes, type Column } from '../column.ts';
import { integerNumber, readInteger } from './big-integers.ts';
import { clockText, dateText, instantText } from './calendar.ts';
import { numberOfHalf } from './half-float.ts';
import { scaledInteger } from './scaled-integers.ts';
import { hasZone, isText, typeName } from '../types/type-name.ts';

/** A value as text; undefined if it has none that could be read back, such as a date in the year 12000. */
export type Print = (row: number) => string | undefined;

/** Bytes of text that are enough for any message. */
const longestShown = 300;

/** Digits that tell all float32 apart. */
const singleDigits = 9;

/** How values of a column are printed, so that reading them back gives the same; undefined for types without text. */
export function printer(column: Column): Print | undefined {
  const { type, values = noBytes, layout } = column;
  if (DataType.isBool(type)) return (row) => String(bitAt(values, column.valuesOffset + row));
  if (DataType.isFloat(type)) return (row) => floatText(floatAt(column, row), (type as Float).precision);
  if (isText(type)) {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return (row) => decoder.decode(values.subarray(column.offsets![row], column.offsets![row + 1]));
  }
  if (layout.kind !== 'fixed') return undefined;
  const { width } = layout;
  const integerAt = (row: number, signed = true) => readInteger(values, row * width, width, signed);
  if (DataType.isInt(type)) return (row) => String(integerNumber(values, row * width, width, type.isSigned));
  if (DataType.isDecimal(type) && scaledInteger(type) === undefined) return undefined;
  if (DataType.isDecimal(type)) return (row) => decimalText(integerAt(row), (type as Decimal).scale);
  if (DataType.isDate(type)) return (row) => dateText(integerAt(row), type.unit === 0);
  if (DataType.isTime(type)) return (row) => clockText(integerAt(row), (type as Time).unit);
  if (DataType.isTimestamp(type))
    return (row) => instantText(integerAt(row), (type as Timestamp).unit, hasZone(type) ? 'Z' : '');
  return undefined;
}

/** A value for an error message: as it is printed, or its ticks, or its bytes. */
export function valueText(column: Column, row: number): string {
  const { type, layout, values = noBytes, offsets } = column;
  if (isText(type)) {
    const [start, end] = [offsets![row]!, offsets![row + 1]!];
    // A message shows less, and a text may be longer than any string.
    return JSON.stringify(new TextDecoder().decode(values.subarray(start, Math.min(end, start + longestShown))));
  }
  const text = printer(column)?.(row);
  if (text !== undefined) return text;
  if (DataType.isFixedSizeBinary(type) || layout.kind === 'bytes') {
    const width = layout.kind === 'fixed' ? layout.width : 0;
    const bytes = values.subarray(offsets?.[row] ?? row * width, offsets?.[row + 1] ?? (row + 1) * width);
    return `0x${Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
  return layout.kind === 'fixed'
    ? `${readInteger(values, row * layout.width, layout.width, true)} as ${typeName(type)}`
    : `a ${typeName(type)}`;
}

export function floatAt({ type, values = noBytes }: Column, row: number): number {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const { precision } = type as Float;
  if (precision === 0) return numberOfHalf(view.getUint16(2 * row, true));
  return precision === 1 ? view.getFloat32(4 * row, true) : view.getFloat64(8 * row, true);
}

/** The fewest digits that are read back as the same float32 or float64; a float16 has few anyway and is printed as it is. */
function floatText(value: number, precision: 0 | 1 | 2): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  // JavaScript prints doubles so by itself.
  for (let count = 1; precision === 1 && count <= singleDigits; count++) {
    const candidate = Number(value.toPrecision(count));
    if (Math.fround(candidate) === value) return String(candidate);
  }
  return String(value);
}

/** A whole number of 10^−scale with all its digits. */
export function decimalText(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value);
  const sign = value < 0n ? '-' : '';
  if (scale <= 0) return sign + (value === 0n ? '0' : digits + '0'.repeat(-scale));
  const padded = digits.padStart(scale + 1, '0');
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
