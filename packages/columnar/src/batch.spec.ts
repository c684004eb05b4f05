import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, rowsOf, seededRandom, typeCatalogue } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { otherBatch } from '../test/other-layout.ts';
import { buffersOf, plainSchema, rowsOfColumns } from '../test/plain-rows.ts';
import { batchOfColumns, columnsOfBatch } from './batch.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));

describe('columnsOfBatch and batchOfColumns', () => {
  it('keep every row of any batch', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(rowsOfColumns(batch.schema, columnsOfBatch(batch))).toEqual(rowsOf(batch));
      }),
      { numRuns: 300 },
    );
  });

  it('keep every row in every layout: large, views, dictionaries', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), (batch, seed) => {
        const other = otherBatch(batch, seededRandom(seed));
        expect(rowsOfColumns(other.schema, columnsOfBatch(other))).toEqual(rowsOf(other));
      }),
      { numRuns: 300 },
    );
  });

  it('give the types of the values that dictionaries and views stand for, at every depth', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), (batch, seed) => {
        const other = otherBatch(batch, seededRandom(seed));
        const types = columnsOfBatch(other).columns.map((column) => String(column.type));
        expect(types).toEqual(plainSchema(other.schema).fields.map((field) => String(field.type)));
        expect(types.join(' ')).not.toMatch(/Dictionary|View/);
      }),
    );
  });

  it.each(typeCatalogue.map((entry) => [entry.title, entry] as const))('keep the rows of %s', (_, entry) => {
    const batch = entry.make(50);
    expect(rowsOfColumns(batch.schema, columnsOfBatch(batch))).toEqual(rowsOf(batch));
  });

  it('share the buffers of layouts that need no change', () => {
    const batch = typeCatalogue.find((entry) => entry.title === 'binary, flat')!.make(50);
    const [before] = batch.data.children;
    const [after] = batchOfColumns(batch.schema, columnsOfBatch(batch)).data.children;
    expect((after!.values as Uint8Array).buffer).toBe((before!.values as Uint8Array).buffer);
    expect(buffersOf(batchOfColumns(batch.schema, columnsOfBatch(batch)))).toHaveLength(1);
  });

  it('put columns in the order asked for', () => {
    const batch = typeCatalogue.find((entry) => entry.title === 'struct<int32, utf8>, flat')!.make(5);
    expect(columnsOfBatch(batch, [0, 0]).columns.map((column) => column.type)).toEqual([
      batch.schema.fields[0]!.type,
      batch.schema.fields[0]!.type,
    ]);
    expect(columnsOfBatch(batch, []).columns).toEqual([]);
  });
});
