import { arbitrarySchema, makeBatch, rowsOf, typeCatalogue } from '@riffle/testkit';
import fc from 'fast-check';
import { Binary, Field, Int32, List, Map_, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { configOf, rowsBack, shardOf } from './written.ts';

const flat = typeCatalogue.filter(({ shape, type }) => shape === 'flat' && !type.startsWith('dictionary'));
const withoutNulls = { nullShare: 0 };
const holdBytes = ['binary', 'large_binary', 'fixed_size_binary(16)'];
const typeOf = (name: string) => flat.find(({ type }) => type === name)!.make(0).schema.fields[0]!.type as DataType;
const list = (type: DataType): DataType => new List(new Field('item', type, true));

describe('without nulls every type', () => {
  it.each(flat.map(({ type }) => type))('%s comes back, alone and in a struct with bytes', async (name) => {
    const type = typeOf(name);
    const beside = new Struct([new Field('bytes', new Binary(), true), new Field('value', type, true)]) as DataType;
    const schema = new Schema([new Field('value', type, true), new Field('split', beside, true)]);
    const batches = [
      makeBatch(schema, { rows: 100, seed: 1, ...withoutNulls }),
      makeBatch(schema, { rows: 57, seed: 2, ...withoutNulls, sliceStart: 13 }),
    ];
    const shard = await shardOf(batches);
    expect(configOf(shard)['column_names']).toEqual(['split.bytes', 'split.value', 'value']);
    expect(await rowsBack(shard, batches[0]!)).toEqual(batches.flatMap(rowsOf));
  });

  it.each(flat.map(({ type }) => type).filter((name) => !holdBytes.includes(name)))(
    'a list of %s comes back',
    async (name) => {
      const batch = makeBatch(new Schema([new Field('value', list(typeOf(name)), false)]), {
        rows: 120,
        seed: 3,
        ...withoutNulls,
      });
      expect(await rowsBack(await shardOf([batch]), batch)).toEqual(rowsOf(batch));
    },
  );
});

it('random schemas without nulls come back, or are refused for bytes in lists', async () => {
  let kept = 0;
  const cases = arbitrarySchema(2, { without: flat.map(({ type }) => type).filter((name) => name === 'null') }).chain(
    (schema) => fc.record({ schema: fc.constant(schema), seed: fc.noShrink(fc.integer()), rows: fc.nat(60) }),
  );
  await fc.assert(
    fc.asyncProperty(cases, async ({ schema, seed, rows }) => {
      const batch = makeBatch(schema, { rows, seed, ...withoutNulls });
      const shard = await shardOf([batch]).catch((error: unknown) => String((error as Error).message));
      if (typeof shard === 'string') {
        expect(shard).toMatch(/MDS has nothing for bytes in lists|does not spell/);
        return;
      }
      kept++;
      expect(await rowsBack(shard, batch)).toEqual(rowsOf(batch));
    }),
    { numRuns: 100 },
  );
  expect(kept).toBeGreaterThan(30);
});

const make = (type: DataType, nullShare: number, nullable = true) =>
  makeBatch(new Schema([new Field('id', new Int32(), false), new Field('value', type, nullable)]), {
    rows: 40,
    seed: 5,
    nullShare,
  });

it.each([
  ['is null in row', new Int32() as DataType],
  ['is null in row', new Utf8() as DataType],
  ['has a null in its list in row', list(new Int32())],
])('a null %s is refused with its row, and kept in JSON', async (message, type) => {
  const isList = message.startsWith('has');
  const batch = make(type, 0.3, !isList);
  const empty = make(type, 0, !isList);
  await expect(shardOf([empty, batch])).rejects.toMatchObject({
    code: 'UNSUPPORTED_CONTENT',
    details: { column: 'value', row: expect.any(Number) },
    message: expect.stringMatching(
      new RegExp(`^Column value ${message} (4\\d|5\\d|6\\d|7\\d) of the shard.*option json`),
    ),
  });
  expect(await rowsBack(await shardOf([empty, batch], { json: ['value'] }), batch)).toEqual(
    [empty, batch].flatMap(rowsOf),
  );
});

const audio = new Struct([new Field('bytes', new Binary(), true), new Field('path', new Utf8(), true)]) as DataType;

it('of a struct with bytes one field may be JSON, or all of it', async () => {
  const { schema } = make(audio, 0);
  const fields = schema.fields[1]!.type.children as Field[];
  const named = new Schema([
    schema.fields[0]!,
    new Field('value', new Struct([new Field('bytes', new Binary(), false), fields[1]!]) as DataType, false),
  ]);
  const batch = makeBatch(named, { rows: 40, seed: 6, nullShare: 0.5 });
  await expect(shardOf([batch])).rejects.toMatchObject({ details: { column: 'value.path' } });
  for (const json of [['value.path'], ['value']]) {
    const shard = await shardOf([batch], { json });
    expect(configOf(shard)['column_encodings']).toEqual(
      json[0] === 'value' ? ['int32', 'json'] : ['int32', 'bytes', 'json'],
    );
    expect(await rowsBack(shard, batch)).toEqual(rowsOf(batch));
  }
});

it.each([
  [
    'bytes in a list',
    new Schema([new Field('clips', list(audio), true)]),
    {},
    /Column clips is list<struct<bytes: binary, path: string>>.*option json/,
  ],
  [
    'bytes in a map',
    new Schema([
      new Field(
        'map',
        new Map_(
          new Field(
            'entries',
            new Struct<{ key: DataType; value: DataType }>([
              new Field('key', new Utf8(), false),
              new Field('value', new Binary(), true),
            ]),
            false,
          ),
        ) as DataType,
        true,
      ),
    ]),
    {},
    /Column map/,
  ],
  [
    'two of one name',
    new Schema([new Field('a', audio, true), new Field('a.path', new Utf8(), true)]),
    {},
    /Two columns would be called a\.path/,
  ],
  ['no columns', new Schema([]), {}, /no columns/],
  [
    'a name that is none',
    new Schema([new Field('a', audio, true)]),
    { json: ['a.b'] },
    /names a\.b, and no column is called so. There are a\.bytes, a\.path/,
  ],
])('refuses %s before any row', async (_, schema, options, message) => {
  await expect(shardOf([makeBatch(schema, { rows: 0, seed: 1, nullShare: 0 })], options)).rejects.toThrow(message);
});
