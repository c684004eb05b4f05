import type { CanonicalValue } from '@riffle/testkit';
import { Field, List, makeData, Map_, Struct, Utf8, vectorFromArray, type Data, type DataType } from 'apache-arrow';

/** Where in a column a type may stand. Data and values are put in alike, a few in each row. */
export interface Shape {
  readonly name: string;
  /** Where the type stands in column `c`. */
  readonly path: string;
  readonly text: (inner: string) => string;
  readonly type: (inner: DataType) => DataType;
  readonly data: (inner: Data) => Data;
  readonly values: (inner: readonly CanonicalValue[]) => CanonicalValue[];
}

const listOf = (type: DataType) => new List(new Field('item', type, true));
const structOf = (type: DataType) => new Struct([new Field('a', type, true)]);
const mapOf = (type: DataType) => {
  const fields = [new Field('key', new Utf8(), false), new Field('value', type, true)] as const;
  return new Map_(new Field('entries', new Struct<{ key: DataType; value: DataType }>([...fields]), false), false);
};

/** Rows of 1, 0, 2 and 3 elements by turns, until all have one. */
function offsetsOf(length: number): Int32Array {
  const offsets = [0];
  for (let turn = 0; offsets.at(-1)! < length; turn++)
    offsets.push(Math.min(length, offsets.at(-1)! + [1, 0, 2, 3][turn % 4]!));
  return Int32Array.from(offsets);
}

const cut = (values: readonly CanonicalValue[]) => {
  const offsets = offsetsOf(values.length);
  return Array.from(offsets.subarray(1), (end, row) => values.slice(offsets[row], end));
};

function listData(type: DataType, child: Data): Data {
  const valueOffsets = offsetsOf(child.length);
  return makeData({ type: type as List, length: valueOffsets.length - 1, nullCount: 0, valueOffsets, child });
}

const structData = (child: Data) =>
  makeData({ type: structOf(child.type as DataType), length: child.length, nullCount: 0, children: [child] });

function mapData(inner: Data): Data {
  const type = mapOf(inner.type as DataType);
  const keys = vectorFromArray(
    Array.from({ length: inner.length }, (_, row) => `k${row}`),
    new Utf8(),
  ).data[0];
  const empty = makeData({
    type: new Utf8(),
    length: 0,
    nullCount: 0,
    valueOffsets: new Int32Array(1),
    data: new Uint8Array(),
  });
  const entries = makeData({
    type: type.children[0]!.type,
    length: inner.length,
    nullCount: 0,
    children: [keys ?? empty, inner],
  });
  const valueOffsets = offsetsOf(inner.length);
  return makeData({ type, length: valueOffsets.length - 1, nullCount: 0, valueOffsets, child: entries });
}

export const flat: Shape = {
  name: 'flat',
  path: 'c',
  text: (inner) => inner,
  type: (inner) => inner,
  data: (inner) => inner,
  values: (inner) => [...inner],
};

export const listOfStructs: Shape = {
  name: 'in a struct in a list',
  path: 'c[].a',
  text: (inner) => `list<struct<a: ${inner}>>`,
  type: (inner) => listOf(structOf(inner)),
  data: (inner) => listData(listOf(structOf(inner.type as DataType)), structData(inner)),
  values: (inner) => cut(inner.map((a) => ({ a }))),
};

export const shapes: readonly Shape[] = [
  flat,
  {
    name: 'in a list',
    path: 'c[]',
    text: (inner) => `list<${inner}>`,
    type: listOf,
    data: (inner) => listData(listOf(inner.type as DataType), inner),
    values: (inner) => cut(inner),
  },
  {
    name: 'in a struct',
    path: 'c.a',
    text: (inner) => `struct<a: ${inner}>`,
    type: structOf,
    data: structData,
    values: (inner) => inner.map((a) => ({ a })),
  },
  listOfStructs,
  {
    name: 'as the value of a map',
    path: 'c[value]',
    text: (inner) => `map<string, ${inner}>`,
    type: mapOf,
    data: mapData,
    values: (inner) => cut(inner.map((value, row) => [`k${row}`, value])),
  },
];
