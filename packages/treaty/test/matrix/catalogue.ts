import { parseType, typeText } from '@riffle/columnar';
import { leafTypes } from '@riffle/testkit';
import type { DataType } from 'apache-arrow';

/** Kinds of nesting that differ from each other, around types that differ. */
const nested = [
  'list<int32>',
  'list<int64>',
  'large_list<int32>',
  'fixed_size_list<int32, 2>',
  'fixed_size_list<int32, 3>',
  'struct<a: int32>',
  'struct<b: int8, a: int64>',
  'map<string, int32>',
  'map<large_string, int64>',
];

/** Every type that a collection may have, by its text. Makers, as in `leafTypes`. */
export const catalogue: ReadonlyMap<string, () => DataType> = new Map([
  ...Object.values(leafTypes).map((make): [string, () => DataType] => [typeText(make()), make]),
  ...nested.map((text): [string, () => DataType] => [text, () => parseType(text) as DataType]),
]);

export const pairs: readonly (readonly [one: string, other: string])[] = [...catalogue.keys()].flatMap((one) =>
  [...catalogue.keys()].map((other) => [one, other] as const),
);
