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
import type { Conversion } from '../../src/convert/conversion.ts';
import { edgeValues } from './edge-values.ts';
import { isTextual, type Logical } from './logical-values.ts';

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

const isNumber = (type: DataType) => DataType.isInt(type) || DataType.isFloat(type);
const isBytes = (type: DataType) =>
  DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type);
const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
const families = [DataType.isDate, DataType.isTime, DataType.isTimestamp, DataType.isDuration];
const hasText = (type: DataType) =>
  [isNumber, DataType.isBool, DataType.isDecimal, DataType.isDate, DataType.isTime, DataType.isTimestamp].some((is) =>
    is(type),
  );

/** The conversion between two types, if there is one that a treaty or a recipe could ask for. */
export function conversionBetween(source: DataType, to: DataType): Conversion | undefined {
  const from = DataType.isDictionary(source) ? (source.dictionary as DataType) : source;
  if (DataType.isNull(from)) return { kind: 'null' };
  if (String(from) === String(to) || (isTextual(from) && isTextual(to)) || (isBytes(from) && isBytes(to)))
    return { kind: 'keep' };
  if (isNumber(from) && isNumber(to)) return { kind: 'number' };
  const isWhole = (type: DataType) => DataType.isInt(type) || DataType.isDecimal(type);
  if (isWhole(from) && isWhole(to)) return { kind: 'decimal' };
  // Instants and clocks are not the same thing in another unit.
  const zones = [from, to].map(
    (type) => DataType.isTimestamp(type) && type.timezone !== null && type.timezone !== undefined,
  );
  if (families.some((is) => is(from) && is(to))) return zones[0] === zones[1] ? { kind: 'time' } : undefined;
  if (isTextual(from) || isTextual(to)) {
    const other = isTextual(from) ? to : from;
    const isOther = hasText(other) || DataType.isBinary(other) || DataType.isLargeBinary(other);
    return isOther ? { kind: 'text' } : undefined;
  }
  const [first, ...others] = (from.children ?? []) as Field[];
  const fields = (to.children ?? []) as Field[];
  if (isList(from) && isList(to)) {
    const element = conversionBetween(first!.type, fields[0]!.type);
    return element && { kind: 'list', element };
  }
  if (DataType.isStruct(from) && DataType.isStruct(to)) return structConversion([first!, ...others], fields);
  if (DataType.isMap(from) && DataType.isMap(to)) {
    const entries = structConversion(first!.type.children as Field[], fields[0]!.type.children as Field[]);
    const [key, value] = entries.fields;
    return { kind: 'map', key: key!.conversion, value: value!.conversion };
  }
  return undefined;
}

function structConversion(
  sources: readonly Field[],
  targets: readonly Field[],
): Extract<Conversion, { kind: 'struct' }> {
  const fields = targets.map((field) => {
    const at = sources.findIndex(({ name }) => name === field.name);
    if (at < 0) return { source: undefined, conversion: { kind: 'null' as const } };
    return { source: at, conversion: conversionBetween(sources[at]!.type, field.type)! };
  });
  return { kind: 'struct', fields };
}
