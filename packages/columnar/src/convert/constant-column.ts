import { RiffleError, type JsonValue } from '@riffle/core';
import { Binary, DataType, Utf8, type Field } from 'apache-arrow';
import { bytesForBits, countBits } from '../bits.ts';
import { makeColumn, type Column } from '../column.ts';
import { layoutOf } from '../layout.ts';
import { takeColumn } from '../take.ts';
import { ConversionFailure } from './conversion-failure.ts';
import { bytesColumn, convertText, textColumn } from './convert-text.ts';
import { keepColumn } from './keep-column.ts';
import { isPresent } from './presence.ts';
import { isBinary, isText, typeName } from '../types/type-name.ts';

const textType = new Utf8();
const binaryType = new Binary();

/**
 * `value` in every row, or only where `own` is null if that is given.
 * @throws RECIPE_INVALID if the value is none of the type; so a constant can be tried on no rows when the recipe is read.
 */
export function constantColumn(type: DataType, value: JsonValue, rows: number, own?: Column): Column {
  const one = oneRow(type, value);
  if (own === undefined) return takeColumn([one], { which: undefined, rows: new Uint32Array(rows) }, 0, rows);
  const isNull = (row: number) => !isPresent(own, row);
  if (
    own.layout.kind !== 'null' &&
    (own.validity === undefined || countBits(own.validity, own.validityOffset, rows) === rows)
  )
    return own;
  const which = new Uint32Array(rows);
  const selected = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (isNull(row)) which[row] = 1;
    else selected[row] = row;
  }
  return takeColumn([own, one], { which, rows: selected }, 0, rows);
}

function oneRow(type: DataType, value: JsonValue): Column {
  try {
    return columnOfJson(type, [value]);
  } catch (error) {
    if (!(error instanceof ConversionFailure)) throw error;
    throw new RiffleError(
      'RECIPE_INVALID',
      `The constant ${JSON.stringify(value)} is no value of the type ${typeName(type)}: ${error.message}.`,
    );
  }
}

/** Values as the recipe gives them: see `constant` in {@link Conversion}. */
function columnOfJson(type: DataType, values: readonly (JsonValue | undefined)[]): Column {
  const layout = layoutOf(type);
  const length = values.length;
  if (layout.kind === 'null') {
    if (values.some((value) => value !== null && value !== undefined)) wrong(values, type);
    return makeColumn({ type, layout, length });
  }
  const common = { type, layout, length, validity: validityOf(values) };
  if (layout.kind === 'struct') {
    const rows = values.map((value) => (value === null || value === undefined ? {} : objectOf(value, type)));
    const fields = type.children as Field[];
    return makeColumn({
      ...common,
      children: fields.map((field) =>
        columnOfJson(
          field.type as DataType,
          rows.map((row) => (Object.hasOwn(row, field.name) ? row[field.name] : null)),
        ),
      ),
    });
  }
  if (layout.kind === 'list' || layout.kind === 'fixed-list') {
    const size = layout.kind === 'fixed-list' ? layout.size : undefined;
    const rows = values.map((value) => elementsOf(type, value, size));
    const offsets = new Int32Array(length + 1);
    rows.forEach((row, index) => (offsets[index + 1] = offsets[index]! + row.length));
    const [field] = type.children as [Field];
    return makeColumn({
      ...common,
      offsets: size === undefined ? offsets : undefined,
      children: [columnOfJson(field.type as DataType, rows.flat())],
    });
  }
  return { ...scalars(type, values), validity: common.validity };
}

function wrong(value: unknown, type: DataType): never {
  throw new ConversionFailure(0, JSON.stringify(value), `cannot become ${typeName(type)}`);
}

function validityOf(values: readonly (JsonValue | undefined)[]): Uint8Array | undefined {
  if (values.every((value) => value !== null && value !== undefined)) return undefined;
  const bits = new Uint8Array(bytesForBits(values.length));
  values.forEach((value, row) => {
    if (value !== null && value !== undefined) bits[row >> 3]! |= 1 << (row & 7);
  });
  return bits;
}

type JsonObject = { readonly [key: string]: JsonValue | undefined };

function objectOf(value: JsonValue, type: DataType): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(value, type);
  const names = new Set((type.children as Field[]).map((field) => field.name));
  if (Object.keys(value).some((name) => !names.has(name))) wrong(value, type);
  return value as JsonObject;
}

function elementsOf(type: DataType, value: JsonValue | undefined, size: number | undefined): (JsonValue | undefined)[] {
  if (value === null || value === undefined) return Array.from({ length: size ?? 0 }, () => null);
  if (!Array.isArray(value) || (size !== undefined && value.length !== size)) return wrong(value, type);
  const elements = value as JsonValue[];
  if (!DataType.isMap(type)) return elements;
  const [key, item] = ((type.children as unknown as [Field])[0].type.children as Field[]).map((field) => field.name);
  return elements.map((entry) =>
    Array.isArray(entry) && entry.length === 2 && entry[0] !== null
      ? { [key!]: entry[0] as JsonValue, [item!]: entry[1] as JsonValue }
      : wrong(entry, type),
  );
}

function scalars(type: DataType, values: readonly (JsonValue | undefined)[]): Column {
  const texts = values.map((value) => (value === null || value === undefined ? '' : scalarText(value, type)));
  const validity = validityOf(values);
  if (isBinary(type)) return bytesColumn(texts.map(bytesOfBase64(type)), type);
  if (DataType.isFixedSizeBinary(type)) {
    const bytes = bytesColumn(texts.map(bytesOfBase64(type)), binaryType);
    return keepColumn({ ...bytes, validity }, type);
  }
  const column = textColumn(texts, textType);
  return convertText({ ...column, validity }, type);
}

function scalarText(value: JsonValue, type: DataType): string {
  const asText = isText(type) || isBinary(type) || DataType.isFixedSizeBinary(type);
  if (typeof value === 'string') return value;
  if (asText || typeof value === 'object') return wrong(value, type);
  return String(value);
}

function bytesOfBase64(type: DataType): (text: string) => Uint8Array {
  return (text) => {
    const binary = decoded(text) ?? wrong(text, type);
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  };
}

function decoded(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}
