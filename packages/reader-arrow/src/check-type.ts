import { BadContentError } from '@riffle/core';
import { Date as FlatDate } from 'apache-arrow/fb/date';
import { Decimal } from 'apache-arrow/fb/decimal';
import { Duration } from 'apache-arrow/fb/duration';
import type { Field } from 'apache-arrow/fb/field';
import { FixedSizeBinary } from 'apache-arrow/fb/fixed-size-binary';
import { FixedSizeList } from 'apache-arrow/fb/fixed-size-list';
import { FloatingPoint } from 'apache-arrow/fb/floating-point';
import { Int } from 'apache-arrow/fb/int';
import { Time } from 'apache-arrow/fb/time';
import { Timestamp } from 'apache-arrow/fb/timestamp';
import { Type } from 'apache-arrow/fb/type';

/** Types that Riffle has no reading for: what they are called, and what to do. */
const unread: Partial<Record<Type, readonly [name: string, remedy: string]>> = {
  [Type.ListView]: ['a list_view', 'cast it to a list'],
  [Type.LargeListView]: ['a large_list_view', 'cast it to a large_list'],
  [Type.RunEndEncoded]: ['run-end encoded', 'decode it to its values (run_end_decode of pyarrow.compute)'],
  [Type.Union]: ['a union', 'write a column for each of its types'],
  [Type.Interval]: ['an interval', 'write it as a duration or as integers'],
};

const integerBits = [8, 16, 32, 64];
/** Of a unit: seconds, milliseconds, microseconds, nanoseconds. */
const timeBits = [32, 32, 64, 64];
/** Of a decimal of so many bits. */
const mostDigits: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };

const isInteger = (type: Int | null) => integerBits.includes(type?.bitWidth() ?? 0);
const isUnit = (unit: number | undefined) => unit !== undefined && unit in timeBits;

/** Whether the parameters of a type are such as there are. */
const possible: Partial<Record<Type, (field: Field) => boolean>> = {
  [Type.Int]: (field) => isInteger(field.type(new Int()) as Int | null),
  [Type.FloatingPoint]: (field) => [0, 1, 2].includes((field.type(new FloatingPoint()) as FloatingPoint).precision()),
  [Type.Date]: (field) => [0, 1].includes((field.type(new FlatDate()) as FlatDate).unit()),
  [Type.Time]: (field) => {
    const type = field.type(new Time()) as Time;
    return timeBits[type.unit()] === type.bitWidth();
  },
  [Type.Timestamp]: (field) => isUnit((field.type(new Timestamp()) as Timestamp).unit()),
  [Type.Duration]: (field) => isUnit((field.type(new Duration()) as Duration).unit()),
  [Type.Decimal]: (field) => {
    const type = field.type(new Decimal()) as Decimal;
    return type.precision() >= 1 && type.precision() <= (mostDigits[type.bitWidth()] ?? 0);
  },
  [Type.FixedSizeBinary]: (field) => (field.type(new FixedSizeBinary()) as FixedSizeBinary).byteWidth() >= 0,
  [Type.FixedSizeList]: (field) => (field.type(new FixedSizeList()) as FixedSizeList).listSize() >= 0,
};

/** Neither needs more: their parts are their children, or there are none. */
const plain = new Set([
  Type.Null,
  Type.Binary,
  Type.LargeBinary,
  Type.BinaryView,
  Type.Utf8,
  Type.LargeUtf8,
  Type.Utf8View,
  Type.Bool,
  Type.List,
  Type.LargeList,
  Type.Struct_,
  Type.Map,
]);

/** @throws BadContentError for a type that is not read, or that no type can be. */
export function checkType(field: Field, column: string): void {
  const type = field.typeType();
  const refuse = (name: string, remedy: string) => {
    throw new BadContentError(
      `Column ${column} is ${name}, which Riffle does not read; ${remedy}.`,
      { column },
      { code: 'UNSUPPORTED_CONTENT' },
    );
  };
  const known = unread[type];
  if (known !== undefined) refuse(...known);
  const test = possible[type];
  if (test === undefined && !plain.has(type)) refuse(`of the type number ${type} of Arrow`, 'cast it to another');
  const indices = field.dictionary()?.indexType();
  if ((test !== undefined && !test(field)) || (indices !== undefined && indices !== null && !isInteger(indices)))
    throw new BadContentError(
      `Column ${column} has a type that there cannot be: ${Type[type]} with parameters that do not fit.`,
      {
        kind: 'metadata',
        column,
      },
    );
}
