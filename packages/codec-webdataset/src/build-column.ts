import { isUtf8 } from 'node:buffer';
import { layoutOf, typeText, type Column } from '@riffle/columnar';
import { BadContentError } from '@riffle/core';
import { DataType, type Field } from 'apache-arrow';
import { isText } from './member-plan.ts';
import { floatBits, integerOf } from './numbers.ts';

/** A value of JSON, or the bytes of a member. Undefined: there is none, since what it belongs to is null. */
export type Cell =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Cell[]
  | { readonly [name: string]: Cell };

const isObject = (cell: Cell): cell is { readonly [name: string]: Cell } =>
  typeof cell === 'object' && cell !== null && !Array.isArray(cell) && !(cell instanceof Uint8Array);

function refuse(cell: Cell, type: DataType, path: string): never {
  const shown = isObject(cell)
    ? 'an object'
    : Array.isArray(cell)
      ? 'a list'
      : cell instanceof Uint8Array
        ? `${cell.length} bytes`
        : (JSON.stringify(typeof cell === 'bigint' ? String(cell) : cell) ?? 'nothing').slice(0, 60);
  throw new BadContentError(`In ${path}, ${shown} is no value of the type ${typeText(type)}.`, { kind: 'damaged' });
}

function validityOf(cells: readonly Cell[], { nullable, type }: Field, path: string): Uint8Array | undefined {
  const bits = new Uint8Array((cells.length + 7) >> 3);
  let nulls = 0;
  for (const [row, cell] of cells.entries()) {
    if (cell === null && !nullable && !DataType.isNull(type))
      throw new BadContentError(`In ${path}, a value is missing, and none may be.`, { kind: 'damaged' });
    if (cell === null || cell === undefined) nulls++;
    else bits[row >> 3]! |= 1 << (row & 7);
  }
  return nulls === 0 || !nullable ? undefined : bits;
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function bytesOfCell(cell: Cell, type: DataType, path: string): Uint8Array {
  if (cell instanceof Uint8Array) {
    if (isText(type) && !isUtf8(cell))
      throw new BadContentError(`In ${path}, a text is not UTF-8.`, { kind: 'damaged' });
    return cell;
  }
  if (typeof cell !== 'string') return refuse(cell, type, path);
  if (isText(type)) return /\p{Surrogate}/u.test(cell) ? refuse(cell, type, path) : Buffer.from(cell);
  return base64.test(cell) ? Buffer.from(cell, 'base64') : refuse(cell, type, path);
}

function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  for (const [index, length] of lengths.entries()) offsets[index + 1] = offsets[index]! + length;
  return offsets;
}

const isAbsent = (cell: Cell): cell is null | undefined => cell === null || cell === undefined;

function fixedValues(type: DataType, cells: readonly Cell[], width: number, path: string): Uint8Array {
  const values = new Uint8Array(cells.length * width);
  const view = new DataView(values.buffer);
  for (const [row, cell] of cells.entries()) {
    if (isAbsent(cell)) continue;
    if (DataType.isFixedSizeBinary(type)) {
      const bytes = bytesOfCell(cell, type, path);
      if (bytes.length !== width) refuse(cell, type, path);
      values.set(bytes, row * width);
      continue;
    }
    const isSigned = !DataType.isInt(type) || type.isSigned;
    const bits = DataType.isFloat(type) ? floatBits(cell, width) : integerOf(cell, width, isSigned);
    if (bits === undefined) return refuse(cell, type, path);
    if (width === 8) view.setBigInt64(row * 8, bits, true);
    else if (width === 4) view.setInt32(row * 4, Number(BigInt.asIntN(32, bits)), true);
    else if (width === 2) view.setInt16(row * 2, Number(BigInt.asIntN(16, bits)), true);
    else view.setInt8(row, Number(BigInt.asIntN(8, bits)));
  }
  return values;
}

function bitValues(type: DataType, cells: readonly Cell[], path: string): Uint8Array {
  const values = new Uint8Array((cells.length + 7) >> 3);
  for (const [row, cell] of cells.entries()) {
    if (cell === true) values[row >> 3]! |= 1 << (row & 7);
    else if (cell !== false && !isAbsent(cell)) refuse(cell, type, path);
  }
  return values;
}

function listCells(type: DataType, cells: readonly Cell[], path: string): (readonly Cell[])[] {
  const size = DataType.isFixedSizeList(type) ? type.listSize : undefined;
  return cells.map((cell) => {
    if (isAbsent(cell)) return size === undefined ? [] : Array.from({ length: size }, () => undefined);
    if (!Array.isArray(cell) || (size !== undefined && cell.length !== size)) return refuse(cell, type, path);
    return cell as readonly Cell[];
  });
}

/** Children of objects. A member that is not there is null; one that no field is called like is refused. */
function memberCells(type: DataType, cells: readonly Cell[], path: string): Cell[][] {
  const names = (type.children as Field[]).map(({ name }) => name);
  const known = new Set(names);
  for (const cell of cells) {
    if (isAbsent(cell)) continue;
    if (!isObject(cell)) return refuse(cell, type, path);
    for (const name of Object.keys(cell))
      if (!known.has(name))
        throw new BadContentError(`In ${path}, no field is called ${JSON.stringify(name.slice(0, 60))}.`, {
          kind: 'damaged',
        });
  }
  return names.map((name) =>
    cells.map((cell) => (isObject(cell) ? (Object.hasOwn(cell, name) ? cell[name]! : null) : undefined)),
  );
}

/**
 * A column of values.
 * @param path For messages.
 * @throws BadContentError for what is no value of the field's type
 */
export function buildColumn(field: Field, cells: readonly Cell[], path: string): Column {
  const type = field.type as DataType;
  const layout = layoutOf(type);
  const base = {
    type,
    layout,
    length: cells.length,
    validity: layout.kind === 'null' ? undefined : validityOf(cells, field, path),
    validityOffset: 0,
    offsets: undefined,
    values: undefined,
    valuesOffset: 0,
    children: [],
  } satisfies Column;
  if (layout.kind === 'null') {
    const wrong = cells.find((cell) => !isAbsent(cell));
    return wrong === undefined ? base : refuse(wrong, type, path);
  }
  if (layout.kind === 'bits') return { ...base, values: bitValues(type, cells, path) };
  if (layout.kind === 'bytes') {
    const parts = cells.map((cell) => (isAbsent(cell) ? Buffer.alloc(0) : bytesOfCell(cell, type, path)));
    return { ...base, offsets: offsetsOf(parts.map(({ length }) => length)), values: Buffer.concat(parts) };
  }
  if (layout.kind === 'list' || layout.kind === 'fixed-list') {
    const lists = listCells(type, cells, path);
    const child = buildColumn(type.children[0] as Field, lists.flat(1), `${path}[]`);
    return {
      ...base,
      offsets: layout.kind === 'list' ? offsetsOf(lists.map(({ length }) => length)) : undefined,
      children: [child],
    };
  }
  if (layout.kind === 'struct') {
    const members = memberCells(type, cells, path);
    return {
      ...base,
      children: (type.children as Field[]).map((child, index) =>
        buildColumn(child, members[index]!, `${path}.${child.name}`),
      ),
    };
  }
  if (layout.kind !== 'fixed') throw new Error(`Values of the type ${typeText(type)} are not read.`);
  return { ...base, values: fixedValues(type, cells, layout.width, path) };
}
