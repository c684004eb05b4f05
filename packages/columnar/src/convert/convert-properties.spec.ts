import fc from 'fast-check';
import { seededRandom, type Random } from '@riffle/testkit';
import {
  Bool,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
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
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  DurationMillisecond,
  DurationNanosecond,
  DurationSecond,
  Binary,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  Utf8View,
  type DataType,
} from 'apache-arrow';
import { isBadContent } from '@riffle/core';
import { describe, expect, it } from 'vitest';
import { edgeValues } from '../../test/convert/edge-values.ts';
import { bytesOf, logicalOf, logicalText, type Logical } from '../../test/convert/logical-values.ts';
import { Refused, slowConversion } from '../../test/convert/slow-conversion.ts';
import { encodeValues } from '../../test/encode-values.ts';
import { valueAt } from '../../test/value-tree.ts';
import { columnFromData } from '../column-from-data.ts';
import { dataFromColumn } from '../data-from-column.ts';
import { convertColumn } from './convert-column.ts';
import type { Conversion } from './conversion.ts';

const numbers = [Int8, Int16, Int32, Int64, Uint8, Uint16, Uint32, Uint64, Float16, Float32, Float64].map(
  (Type) => () => new Type(),
);
const integers = numbers.slice(0, 8);
const decimals = [
  () => new Decimal(2, 9, 128),
  () => new Decimal(0, 18, 128),
  () => new Decimal(10, 38, 128),
  () => new Decimal(20, 76, 256),
  () => new Decimal(-2, 10, 128),
];
const families: readonly (readonly (() => DataType)[])[] = [
  [() => new DateDay(), () => new DateMillisecond()],
  [TimeSecond, TimeMillisecond, TimeMicrosecond, TimeNanosecond].map((Type) => () => new Type()),
  [TimestampSecond, TimestampMillisecond, TimestampMicrosecond, TimestampNanosecond].map(
    (Type) => () => new Type('UTC'),
  ),
  [DurationSecond, DurationMillisecond, DurationNanosecond].map((Type) => () => new Type()),
];
const texts = [
  () => new Utf8(),
  () => new LargeUtf8(),
  () => new Utf8View(),
  () => new Dictionary(new Utf8(), new Int16()),
];
const binaries = [() => new Binary(), () => new LargeBinary(), () => new FixedSizeBinary(16)];

/** A conversion between two types, and values to put through it. */
interface Step {
  readonly from: DataType;
  readonly to: DataType;
  readonly conversion: Conversion;
  readonly value: (random: Random, nullShare: number) => Logical;
}

function leafStep(random: Random): Step {
  const pick = (types: readonly (() => DataType)[]) => random.pick(types)();
  const step = (from: DataType, to: DataType, conversion: Conversion): Step => {
    const values = edgeValues(from);
    // Most values survive: else nearly every column would be refused.
    const safe = values.filter((value) => survives({ from, to, conversion }, value));
    const pool = random.chance(0.7) && safe.length > 0 ? safe : values;
    return {
      from,
      to,
      conversion,
      value: (source, nullShare) => (source.chance(nullShare) ? null : source.pick(pool)),
    };
  };
  const family = random.pick(families);
  return random.pick([
    () => step(pick(numbers), pick(numbers), { kind: 'number' }),
    () => step(pick(numbers), pick(numbers), { kind: 'number' }),
    () => step(pick(decimals), pick([...decimals, ...integers]), { kind: 'decimal' }),
    () => step(pick(integers), pick(decimals), { kind: 'decimal' }),
    () => step(pick(family), pick(family), { kind: 'time' }),
    () => step(pick(integers), pick(integers), { kind: 'labels', map: [3, 0, 255, 1] }),
    () => step(pick(integers), pick(texts.slice(0, 2)), { kind: 'label-names', names: ['a', '', 'naïve ☃', 'a'] }),
    () => step(pick(texts), pick(integers), { kind: 'label-numbers', names: ['17', 'true', 'naïve ☃', '', '17'] }),
    () => step(pick(integers), new Bool(), { kind: 'number' }),
    () => step(new Bool(), pick(integers), { kind: 'number' }),
    () => step(pick(texts), pick(texts.slice(0, 2)), { kind: 'keep' }),
    () => step(pick(binaries), pick(binaries), { kind: 'keep' }),
    () => step(pick(numbers), pick([...numbers, ...texts]), { kind: 'null' }),
    () => step(new Int32(), new Utf8(), { kind: 'constant', value: 'so' }),
    () => step(new Utf8View(), new LargeUtf8(), { kind: 'constant', value: 'so', otherwise: { kind: 'keep' } }),
  ])();
}

function survives({ from, to, conversion }: Omit<Step, 'value'>, value: Logical): boolean {
  try {
    slowConversion(from, to, conversion, value);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

function anyStep(random: Random, depth: number): Step {
  if (depth === 0 || random.chance(0.25)) return leafStep(random);
  const inner = anyStep(random, depth - 1);
  const nullOr = (make: (source: Random, nullShare: number) => Logical) => (source: Random, nullShare: number) =>
    source.chance(nullShare / 2) ? null : make(source, nullShare);
  return random.pick([listStep, listStep, structStep, mapStep])(random, inner, nullOr);
}

type NullOr = (make: Step['value']) => Step['value'];

function listStep(random: Random, { from, to, conversion, value }: Step, nullOr: NullOr): Step {
  const listOf = (type: DataType, name: string): DataType => {
    const field = new Field(name, type, true);
    return random.pick([() => new List(field), () => new LargeList(field), () => new FixedSizeList(2, field)])();
  };
  const [source, target] = [listOf(from, 'item'), listOf(to, 'element')];
  const isFixed = [source, target].some((type) => type instanceof FixedSizeList);
  const isOff = !(source instanceof FixedSizeList) && random.chance(0.1);
  const make = nullOr((items, nullShare) =>
    Array.from({ length: isFixed && !isOff ? 2 : items.below(4) }, () => value(items, nullShare)),
  );
  return { from: source, to: target, conversion: { kind: 'list', element: conversion }, value: make };
}

function structStep(random: Random, inner: Step, nullOr: NullOr): Step {
  const other = leafStep(random);
  const from = new Struct([
    new Field('unused', new Int8(), true),
    new Field('inner', inner.from, true),
    new Field('x', other.from, true),
  ]);
  const to = new Struct([
    new Field('x', other.to, true),
    new Field('missing', new Float64(), true),
    new Field('inner', inner.to, true),
  ]);
  const fields = [
    { source: 2, conversion: other.conversion },
    { source: undefined, conversion: { kind: 'null' as const } },
    { source: 1, conversion: inner.conversion },
  ];
  const value = nullOr((source, nullShare) => [1n, inner.value(source, nullShare), other.value(source, nullShare)]);
  return { from, to, conversion: { kind: 'struct', fields }, value };
}

function mapStep(_random: Random, inner: Step, nullOr: NullOr): Step {
  const mapOf = (key: DataType, value: DataType) =>
    new Map_(
      new Field(
        'entries',
        new Struct<{ key: DataType; value: DataType }>([new Field('key', key, false), new Field('value', value, true)]),
        false,
      ),
    );
  const make = nullOr((source, nullShare) =>
    Array.from({ length: source.below(3) }, () => [source.pick(['a', 'b']), inner.value(source, nullShare)]),
  );
  return {
    from: mapOf(new Utf8(), inner.from),
    to: mapOf(new LargeUtf8(), inner.to),
    conversion: { kind: 'map', key: { kind: 'keep' }, value: inner.conversion },
    value: make,
  };
}

/** Few mostly; at times more than a kernel takes at once. */
const anyRows = fc.oneof({ weight: 30, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.constant(2100) });

describe('convertColumn', () => {
  it.each([0, 1, 3])(
    'gives what a slow conversion gives, or refuses the lowest row that it refuses, %i levels deep',
    (depth) => {
      let refused = 0;
      let converted = 0;
      fc.assert(
        fc.property(fc.integer(), anyRows, fc.constantFrom(0, 0.2, 0.9), (seed, rows, nullShare) => {
          const random = seededRandom(seed);
          const { from, to, conversion, value } = anyStep(random, depth);
          const values = Array.from({ length: rows }, () => value(random, nullShare));
          const source = columnFromData(
            encodeValues(
              from,
              values.map((item) => bytesOf(from, item)),
              random,
            ),
          );
          const bad = values.findIndex((item) => !survives({ from, to, conversion }, item));
          if (bad >= 0) {
            refused++;
            const error = errorOf(() => convertColumn(source, rows, to, conversion, 'top'));
            expect(isBadContent(error) && error.code).toBe('UNSUPPORTED_CONTENT');
            expect(error).toMatchObject({ details: { row: bad, kind: 'unsupported', value: expect.any(String) } });
          } else {
            converted++;
            const result = convertColumn(source, rows, to, conversion, 'top');
            const data = dataFromColumn(result);
            expect([result.length, String(result.type)]).toEqual([rows, String(data.type)]);
            expect(values.map((_, row) => logicalText(logicalOf(data.type, valueAt(data, row))))).toEqual(
              values.map((item) => logicalText(slowConversion(from, to, conversion, item))),
            );
          }
        }),
        { numRuns: 1500 },
      );
      expect(Math.min(refused, converted)).toBeGreaterThan(100);
    },
  );
});

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was refused.');
}
