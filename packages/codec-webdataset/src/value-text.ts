import { isUtf8 } from 'node:buffer';
import type { Column } from '@riffle/columnar';
import { RiffleError } from '@riffle/core';
import { DataType, type Field } from 'apache-arrow';
import { isText } from './member-plan.ts';

/** Between the names of a path, since a dot may be part of a name. */
export const STEP = '\0';

/** The JSON of the value in a row. */
export type TextOf = (row: number) => string;

const bitAt = (bytes: Uint8Array, bit: number) => (bytes[bit >> 3]! & (1 << (bit & 7))) !== 0;

export const isPresent = ({ validity, validityOffset, layout }: Column, row: number) =>
  layout.kind !== 'null' && (validity === undefined || bitAt(validity, validityOffset + row));

/** The bytes of a value of text or binary, as a view. */
export function bytesOf({ offsets, values }: Column, row: number): Buffer {
  const start = offsets![row]!;
  return Buffer.from(values!.buffer, values!.byteOffset + start, offsets![row + 1]! - start);
}

/** The digits of a whole number. */
export function integerText({ type, values, layout }: Column): TextOf {
  const view = new DataView(values!.buffer, values!.byteOffset, values!.byteLength);
  const width = layout.kind === 'fixed' ? layout.width : 0;
  const isSigned = !DataType.isInt(type) || type.isSigned;
  if (width === 8)
    return (row) => String(isSigned ? view.getBigInt64(row * 8, true) : view.getBigUint64(row * 8, true));
  if (width === 4) return (row) => String(isSigned ? view.getInt32(row * 4, true) : view.getUint32(row * 4, true));
  if (width === 2) return (row) => String(isSigned ? view.getInt16(row * 2, true) : view.getUint16(row * 2, true));
  return (row) => String(isSigned ? view.getInt8(row) : view.getUint8(row));
}

const quietNaN = { 4: 0x7fc00000n, 8: 0x7ff8000000000000n } as const;

/** Numbers have a point or an exponent. What JSON has no numbers for is text: `"NaN"`, `"Infinity"`, and the bits of other NaNs. */
function floatText({ values }: Column, width: 4 | 8): TextOf {
  const view = new DataView(values!.buffer, values!.byteOffset, values!.byteLength);
  return (row) => {
    const value = width === 8 ? view.getFloat64(row * 8, true) : view.getFloat32(row * 4, true);
    if (Object.is(value, -0)) return '-0.0';
    if (Number.isFinite(value)) return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : String(value);
    const bits = width === 8 ? view.getBigUint64(row * 8, true) : BigInt(view.getUint32(row * 4, true));
    return Number.isNaN(value) && bits !== quietNaN[width]
      ? `"0x${bits.toString(16).padStart(2 * width, '0')}"`
      : `"${value}"`;
  };
}

function utf8Text(column: Column, path: string): TextOf {
  return (row) => {
    const bytes = bytesOf(column, row);
    const text = bytes.toString('utf8');
    const shown = path.replaceAll(STEP, '.');
    if (text.includes('\ufffd') && !isUtf8(bytes))
      throw new RiffleError(
        'UNSUPPORTED_CONTENT',
        `Column ${shown} holds a text that is not UTF-8. Cast it to binary, or mend the source.`,
        { column: shown },
      );
    return JSON.stringify(text);
  };
}

function presentText(column: Column, path: string, leftOut: ReadonlySet<string>): TextOf {
  const { type, layout, children } = column;
  const item = () => textOf(children[0]!, `${path}[]`, leftOut);
  const list = (text: TextOf, start: number, end: number) =>
    `[${Array.from({ length: end - start }, (_, index) => text(start + index)).join()}]`;
  if (layout.kind === 'bits') return (row) => String(bitAt(column.values!, column.valuesOffset + row));
  if (layout.kind === 'struct') return structText(type.children as Field[], children, path, leftOut);
  if (layout.kind === 'fixed-list') {
    const [text, { size }] = [item(), layout];
    return (row) => list(text, row * size, row * size + size);
  }
  if (layout.kind === 'list') {
    const text = item();
    return (row) => list(text, column.offsets![row]!, column.offsets![row + 1]!);
  }
  if (layout.kind === 'bytes')
    return isText(type) ? utf8Text(column, path) : (row) => `"${bytesOf(column, row).toString('base64')}"`;
  if (DataType.isFixedSizeBinary(type)) {
    const { byteWidth } = type;
    return (row) =>
      `"${Buffer.from(column.values!.subarray(row * byteWidth, (row + 1) * byteWidth)).toString('base64')}"`;
  }
  return DataType.isFloat(type)
    ? floatText(column, layout.kind === 'fixed' && layout.width === 8 ? 8 : 4)
    : integerText(column);
}

function textOf(column: Column, path: string, leftOut: ReadonlySet<string>): TextOf {
  if (column.layout.kind === 'null') return () => 'null';
  const text = presentText(column, path, leftOut);
  return (row) => (isPresent(column, row) ? text(row) : 'null');
}

/**
 * Objects with a member for each field, in their order. Dates, times and durations are the whole numbers that Arrow stores.
 * @param leftOut Paths that are not written, their names joined by {@link STEP}.
 */
export function structText(
  fields: readonly Field[],
  columns: readonly Column[],
  path: string,
  leftOut: ReadonlySet<string>,
): TextOf {
  const members = fields.flatMap(({ name }, index) => {
    const here = path === '' ? name : `${path}${STEP}${name}`;
    return leftOut.has(here) ? [] : [{ name: JSON.stringify(name), text: textOf(columns[index]!, here, leftOut) }];
  });
  return (row) => `{${members.map(({ name, text }) => `${name}:${text(row)}`).join()}}`;
}
