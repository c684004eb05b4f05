import { readFileSync } from 'node:fs';
import {
  Binary,
  Bool,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Duration,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  makeData,
  Map_,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Time,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { seededRandom } from '@riffle/testkit';
import { encodeValues } from './encode-values.ts';
import type { Value } from './value-tree.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** One line of the vectors in docs/reference/fingerprint.md. */
export interface PageVector {
  readonly columns: { readonly [name: string]: Json };
  readonly row: { readonly [name: string]: Json };
  readonly words: string;
  readonly fingerprint: string;
}

/** The text of a page of the repository's docs, by its path from the root. */
export function readPage(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
}

export function vectorsOfPage(page: string): readonly PageVector[] {
  return JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!) as PageVector[];
}

/** The row of a vector as a batch. */
export function batchOfVector({ columns, row }: PageVector): RecordBatch {
  const fields = Object.entries(columns).map(([name, type]) => new Field(name, typeOf(type), true));
  const children = Object.entries(columns).map(([name, type], index) =>
    encodeValues(fields[index]!.type, [valueOf(type, row[name]!)], seededRandom(index)),
  );
  return new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length: 1, nullCount: 0, children }));
}

const units: Readonly<Record<string, TimeUnit>> = {
  s: TimeUnit.SECOND,
  ms: TimeUnit.MILLISECOND,
  us: TimeUnit.MICROSECOND,
  ns: TimeUnit.NANOSECOND,
};

/** Each type with how a value is written in JSON: the width in bytes of decimal digits of an integer, or `bits`, `text`, `bytes`. */
const plainTypes: Readonly<
  Record<string, readonly [make: (...details: never[]) => DataType, form: number | 'bits' | 'text' | 'bytes']>
> = {
  int8: [() => new Int8(), 1],
  int16: [() => new Int16(), 2],
  int32: [() => new Int32(), 4],
  int64: [() => new Int64(), 8],
  uint8: [() => new Uint8(), 1],
  uint16: [() => new Uint16(), 2],
  uint32: [() => new Uint32(), 4],
  uint64: [() => new Uint64(), 8],
  float16: [() => new Float16(), 'bits'],
  float32: [() => new Float32(), 'bits'],
  float64: [() => new Float64(), 'bits'],
  utf8: [() => new Utf8(), 'text'],
  binary: [() => new Binary(), 'bytes'],
  fixed_size_binary: [(width: number) => new FixedSizeBinary(width), 'bytes'],
  decimal128: [(precision: number, scale: number) => new Decimal(scale, precision, 128), 16],
  decimal256: [(precision: number, scale: number) => new Decimal(scale, precision, 256), 32],
  date32: [() => new DateDay(), 4],
  date64: [() => new DateMillisecond(), 8],
  time32: [(unit: string) => new Time(units[unit]!, 32), 4],
  time64: [(unit: string) => new Time(units[unit]!, 64), 8],
  timestamp: [(unit: string) => new Timestamp(units[unit]!), 8],
  duration: [(unit: string) => new Duration(units[unit]!), 8],
};

function parts(json: Json): [name: string, ...details: Json[]] {
  return (Array.isArray(json) ? json : [json]) as [string, ...Json[]];
}

const nullable = (name: string, json: Json) => new Field(name, typeOf(json), true);

function typeOf(json: Json): DataType {
  const [name, ...details] = parts(json);
  if (name === 'null') return new Null();
  if (name === 'bool') return new Bool();
  if (name === 'list') return new List(nullable('item', details[0]!));
  if (name === 'fixed_size_list') return new FixedSizeList(details[0] as number, nullable('item', details[1]!));
  if (name === 'struct')
    return new Struct(Object.entries(details[0] as PageVector['columns']).map(([key, type]) => nullable(key, type)));
  if (name === 'map')
    return new Map_(
      new Field('entries', new Struct([nullable('key', details[0]!), nullable('value', details[1]!)]), false) as never,
    );
  if (name === 'dictionary') return new Dictionary(typeOf(details[0]!), new Int32());
  return plainTypes[name]![0](...(details as never[]));
}

function valueOf(json: Json, value: Json): Value {
  const [name, ...details] = parts(json);
  if (value === null || typeof value === 'boolean') return value;
  if (name === 'list' || name === 'fixed_size_list')
    return (value as Json[]).map((element) => valueOf(details.at(-1)!, element));
  if (name === 'struct')
    return Object.entries(details[0] as PageVector['columns']).map(([key, type]) =>
      valueOf(type, (value as PageVector['row'])[key]!),
    );
  if (name === 'map')
    return (value as Json[][]).map((entry) => entry.map((part, index) => valueOf(details[index]!, part)));
  if (name === 'dictionary') return valueOf(details[0]!, value);
  const form = plainTypes[name]![1];
  if (form === 'text') return new TextEncoder().encode(value as string);
  if (form === 'bytes') return Uint8Array.from(Buffer.from((value as string).slice('hex:'.length), 'hex'));
  if (form === 'bits') return Uint8Array.from(Buffer.from(value as string, 'hex')).toReversed();
  return Uint8Array.from({ length: form }, (_, at) =>
    Number(BigInt.asUintN(8, BigInt(value as string) >> BigInt(8 * at))),
  );
}
