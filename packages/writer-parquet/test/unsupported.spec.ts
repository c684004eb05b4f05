import {
  DenseUnion,
  Dictionary,
  Field,
  Int32,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  List,
  Schema,
  Struct,
  Utf8,
  type DataType,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import createWriter from '../src/index.ts';

const refused: Readonly<Record<string, () => DataType>> = {
  'interval[year, month]': () => new IntervalYearMonth(),
  'interval[day, time]': () => new IntervalDayTime(),
  'interval[month, day, nano]': () => new IntervalMonthDayNano(),
  'dense union': () => new DenseUnion([0], [new Field('a', new Int32(), true)]),
  'struct<>': () => new Struct([]),
  dictionary: () => new Dictionary(new Utf8(), new Int32()),
  'list<dictionary>': () => new List(new Field('item', new Dictionary(new Utf8(), new Int32()), true)),
};

const target = { write: () => Promise.reject(new Error('nothing should be written')) };

describe('types that Parquet or parquet-wasm cannot hold', () => {
  test.each(Object.entries(refused))(
    '%s is refused before anything is written, by column and type',
    async (_name, makeType) => {
      const type = makeType();
      const schema = new Schema([new Field('good', new Int32(), true), new Field('odd', type, true)]);
      const writer = createWriter();
      await expect(
        writer.create(target, { schema, compression: 'zstd', rowGroupBytes: 2 ** 20 }),
      ).rejects.toMatchObject({
        code: 'UNSUPPORTED_CONTENT',
        details: { column: 'odd', type: String(type) },
        message: expect.stringContaining('Column odd has the Arrow type'),
      });
    },
  );

  test('a schema without columns is refused', async () => {
    const writer = createWriter();
    await expect(
      writer.create(target, { schema: new Schema([]), compression: 'zstd', rowGroupBytes: 2 ** 20 }),
    ).rejects.toMatchObject({ code: 'UNSUPPORTED_CONTENT' });
  });
});
