import { leafTypes } from '@riffle/testkit';
import {
  DataType,
  Field,
  FixedSizeList,
  Int32,
  Int64,
  Int8,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Struct,
  Utf8,
} from 'apache-arrow';
import { edgeValues } from './edge-values.ts';
import type { Logical } from './logical-values.ts';

export interface LatticeType {
  readonly name: string;
  readonly type: DataType;
  readonly values: readonly Logical[];
}

const item = (type: DataType) => new Field('item', type, true);
const mapOf = (key: DataType, value: DataType) =>
  new Map_(
    new Field(
      'entries',
      new Struct<{ key: DataType; value: DataType }>([new Field('key', key, false), new Field('value', value, true)]),
      false,
    ),
  );
const lists: readonly Logical[] = [
  [1n, 2n],
  [null, -(2n ** 31n)],
];
const anyLists: readonly Logical[] = [...lists, [], [1n, 2n, 3n]];
const largeLists: readonly Logical[] = [...anyLists, [2n ** 31n, 5n]];

const nested: readonly LatticeType[] = [
  { name: 'list<int32>', type: new List(item(new Int32())), values: anyLists },
  { name: 'list<int64>', type: new List(item(new Int64())), values: largeLists },
  { name: 'large_list<int64>', type: new LargeList(item(new Int64())), values: largeLists },
  { name: 'fixed_size_list<int32>(2)', type: new FixedSizeList(2, item(new Int32())), values: lists },
  { name: 'fixed_size_list<int64>(3)', type: new FixedSizeList(3, item(new Int64())), values: [[1n, null, 3n]] },
  { name: 'struct<a: int32>', type: new Struct([new Field('a', new Int32(), true)]), values: [[1n], [null]] },
  {
    name: 'struct<b: int8, a: int64>',
    type: new Struct([new Field('b', new Int8(), true), new Field('a', new Int64(), true)]),
    values: [
      [1n, 2n],
      [null, 2n ** 40n],
    ],
  },
  {
    name: 'map<utf8, int32>',
    type: mapOf(new Utf8(), new Int32()),
    values: [
      [],
      [
        ['k', 1n],
        ['l', null],
      ],
    ],
  },
  { name: 'map<large_utf8, int64>', type: mapOf(new LargeUtf8(), new Int64()), values: [[['k', 2n ** 33n]]] },
];

/** Every type that the treaty may meet, each with values at which a conversion may change its mind. */
export const lattice: readonly LatticeType[] = [
  ...Object.entries(leafTypes).map(([name, make]) => {
    const type = make();
    return { name, type, values: [...edgeValues(type), null] };
  }),
  ...nested.map((entry) => ({ ...entry, values: [...entry.values, null] })),
];
