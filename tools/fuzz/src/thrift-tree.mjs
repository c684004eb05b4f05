/**
 * Thrift's compact protocol as a tree that can be edited and written again. For sound files only: it throws plain errors.
 * A node is `{ type, value }`; `value` is a bigint for integers, bytes for texts, doubles and UUIDs, a boolean,
 * `{ itemType, items }` for lists and sets, and a list of `{ id, node }` for structs.
 * Source: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const SET = 10;
const STRUCT = 12;
const UUID = 13;

export const thriftType = Object.freeze({ int32: 5, int64: 6, binary: BINARY, list: LIST, struct: STRUCT });

const isInteger = (type) => type > BYTE && type < DOUBLE;

/** The struct that starts at `start`, and where it ends. */
export function readStruct(bytes, start) {
  let at = start;
  const byte = () => {
    if (at >= bytes.length) throw new Error('The Thrift struct ends early.');
    return bytes[at++];
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const next = byte();
      value |= BigInt(next & 0x7f) << shift;
      if (next < 0x80) return value;
      if (shift > 70n) throw new Error('A Thrift number does not end.');
    }
  };
  const take = (length) => {
    if (at + length > bytes.length) throw new Error('A Thrift text ends early.');
    at += length;
    return bytes.slice(at - length, at);
  };
  const unfold = (value) => (value & 1n ? -(value >> 1n) - 1n : value >> 1n);
  const node = (type, inList) => {
    if (type === TRUE || type === FALSE) return { type, value: inList ? byte() === TRUE : type === TRUE };
    if (type === BYTE) return { type, value: byte() };
    if (isInteger(type)) return { type, value: unfold(varint()) };
    if (type === DOUBLE) return { type, value: take(8) };
    if (type === UUID) return { type, value: take(16) };
    if (type === BINARY) return { type, value: take(Number(varint())) };
    if (type === STRUCT) return struct();
    if (type !== LIST && type !== SET) throw new Error(`Thrift type ${type} does not occur in Parquet.`);
    const header = byte();
    const count = header >> 4 === 15 ? Number(varint()) : header >> 4;
    const itemType = header & 15;
    return { type, value: { itemType, items: Array.from({ length: count }, () => node(itemType, true)) } };
  };
  const struct = () => {
    const fields = [];
    let id = 0;
    for (let header = byte(); header !== 0; header = byte()) {
      id = header >> 4 === 0 ? Number(unfold(varint())) : id + (header >> 4);
      fields.push({ id, node: node(header & 15, false) });
    }
    return { type: STRUCT, value: fields };
  };
  return { tree: struct(), end: at };
}

/** A struct as bytes. Booleans that are fields are written in their header. */
export function writeStruct(tree) {
  const parts = [];
  const varint = (value) => {
    let rest = BigInt.asUintN(64, value);
    while (rest >= 0x80n) {
      parts.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    parts.push(Number(rest));
  };
  const zigzag = (value) => varint((value << 1n) ^ (value >> 63n));
  const write = ({ type, value }, inList) => {
    if (type === TRUE || type === FALSE) {
      if (inList) parts.push(value ? TRUE : FALSE);
    } else if (type === BYTE) parts.push(value & 0xff);
    else if (isInteger(type)) zigzag(BigInt.asIntN(64, value));
    else if (type === LIST || type === SET) {
      const { itemType, items } = value;
      parts.push((Math.min(items.length, 15) << 4) | itemType);
      if (items.length >= 15) varint(BigInt(items.length));
      for (const item of items) write(item, true);
    } else if (type === STRUCT) {
      let last = 0;
      for (const { id, node } of value) {
        const header = node.type === TRUE || node.type === FALSE ? (node.value ? TRUE : FALSE) : node.type;
        if (id > last && id - last <= 15) parts.push(((id - last) << 4) | header);
        else {
          parts.push(header);
          zigzag(BigInt(id));
        }
        write(node, false);
        last = id;
      }
      parts.push(0);
    } else {
      if (type === BINARY) varint(BigInt(value.length));
      for (const byte of value) parts.push(byte);
    }
  };
  write(tree, false);
  return Uint8Array.from(parts);
}

/** The node of a struct's field, or undefined. */
export function fieldOf(tree, id) {
  return tree?.value.find((field) => field.id === id)?.node;
}

/** A whole number of a struct's field as a number, or undefined. */
export function numberOf(tree, id) {
  const node = fieldOf(tree, id);
  return node === undefined ? undefined : Number(node.value);
}

/** Sets a field, in the order of ids, or removes it where `node` is undefined. */
export function setField(tree, id, node) {
  const others = tree.value.filter((field) => field.id !== id);
  const fields = node === undefined ? others : [...others, { id, node }];
  tree.value = fields.toSorted((left, right) => left.id - right.id);
}

/** All integers of a tree with their place, such as `4.0.1.2.3.5`. */
export function integersOf(tree, path = []) {
  if (isInteger(tree.type)) return [{ path: path.join('.'), node: tree }];
  if (tree.type === STRUCT) return tree.value.flatMap(({ id, node }) => integersOf(node, [...path, id]));
  if (tree.type === LIST || tree.type === SET)
    return tree.value.items.flatMap((node, index) => integersOf(node, [...path, index]));
  return [];
}
