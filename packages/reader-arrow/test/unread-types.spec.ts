import { isBadContent } from '@riffle/core';
import { memoryFile } from '@riffle/testkit';
import { Endianness } from 'apache-arrow/fb/endianness';
import { Decimal } from 'apache-arrow/fb/decimal';
import { Int } from 'apache-arrow/fb/int';
import { Interval } from 'apache-arrow/fb/interval';
import { ListView } from 'apache-arrow/fb/list-view';
import { RunEndEncoded } from 'apache-arrow/fb/run-end-encoded';
import { Struct_ } from 'apache-arrow/fb/struct-';
import { Type } from 'apache-arrow/fb/type';
import { Union } from 'apache-arrow/fb/union';
import { UnionMode } from 'apache-arrow/fb/union-mode';
import type { Builder } from 'flatbuffers';
import { describe, expect, it } from 'vitest';
import createArrowReader from '../src/index.ts';
import { flatField, streamOfSchema } from './files/flat-schema.ts';

const survey = (bytes: Uint8Array) => createArrowReader().survey(memoryFile('/types.arrow', bytes));
const int = (builder: Builder, name: string) => flatField(builder, name, Type.Int, Int.createInt(builder, 32, true));
const listView = (builder: Builder) => {
  ListView.startListView(builder);
  return flatField(builder, 'tags', Type.ListView, ListView.endListView(builder), [int(builder, 'item')]);
};
const struct = (builder: Builder, name: string, children: readonly number[]) => {
  Struct_.startStruct_(builder);
  return flatField(builder, name, Type.Struct_, Struct_.endStruct_(builder), children);
};
const unionType = (builder: Builder) => {
  Union.startUnion(builder);
  Union.addMode(builder, UnionMode.Dense);
  return Union.endUnion(builder);
};
const runEnds = (builder: Builder) => {
  RunEndEncoded.startRunEndEncoded(builder);
  return RunEndEncoded.endRunEndEncoded(builder);
};

describe('a type that Riffle does not read is told by the survey, with what to do', () => {
  it.each<[string, (builder: Builder) => number, string]>([
    ['list_view', listView, 'Column tags is a list_view, which Riffle does not read; cast it to a list.'],
    ['in a struct', (builder) => struct(builder, 'meta', [listView(builder)]), 'Column meta.tags is a list_view'],
    [
      'run-end encoded',
      (builder) =>
        flatField(builder, 'runs', Type.RunEndEncoded, runEnds(builder), [
          int(builder, 'ends'),
          int(builder, 'values'),
        ]),
      'Column runs is run-end encoded',
    ],
    [
      'union',
      (builder) => flatField(builder, 'any', Type.Union, unionType(builder), [int(builder, 'a')]),
      'Column any is a union',
    ],
    [
      'interval',
      (builder) => flatField(builder, 'span', Type.Interval, Interval.createInterval(builder, 0)),
      'Column span is an interval',
    ],
    [
      'one of the future',
      (builder) => flatField(builder, 'news', 99 as Type, Int.createInt(builder, 32, true)),
      'number 99',
    ],
  ])('%s', async (_, make, part) => {
    await expect(survey(streamOfSchema((builder) => [int(builder, 'id'), make(builder)]))).rejects.toMatchObject({
      code: 'UNSUPPORTED_CONTENT',
      message: expect.stringContaining(part),
    });
  });

  it('big-endian numbers', async () => {
    const make = (builder: Builder) => [int(builder, 'id')];
    expect((await survey(streamOfSchema(make))).rows).toBe(0);
    await expect(survey(streamOfSchema(make, Endianness.Big))).rejects.toMatchObject({
      code: 'UNSUPPORTED_CONTENT',
      message: expect.stringContaining('big-endian'),
    });
  });
});

describe('a schema that cannot be is bad content', () => {
  it.each<[string, (builder: Builder) => number]>([
    ['an integer of 7 bits', (builder) => flatField(builder, 'odd', Type.Int, Int.createInt(builder, 7, true))],
    ['a list of nothing', (builder) => flatField(builder, 'none', Type.List, Int.createInt(builder, 8, true))],
    [
      'a decimal of 99 digits',
      (builder) => flatField(builder, 'long', Type.Decimal, Decimal.createDecimal(builder, 99, 2, 128)),
    ],
  ])('%s', async (_, make) => {
    await expect(survey(streamOfSchema((builder) => [make(builder)]))).rejects.toMatchObject({ code: 'BAD_CONTENT' });
  });

  it.each([
    ['wide: each struct has the one below it twice', 2, 40],
    ['deep', 1, 5000],
  ])('%s', async (_, times, levels) => {
    const bytes = streamOfSchema((builder) => {
      let field = int(builder, 'leaf');
      for (let level = 0; level < levels; level++)
        field = struct(
          builder,
          's',
          Array.from({ length: times }, () => field),
        );
      return [field];
    });
    expect(isBadContent(await survey(bytes).catch((error: unknown) => error))).toBe(true);
  });
});
