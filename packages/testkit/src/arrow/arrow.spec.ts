import fc from 'fast-check';
import {
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  Table,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { arbitraryBatch, arbitrarySchema } from './arbitraries.ts';
import { leafTypes } from './leaf-types.ts';
import { rowsOf } from './rows-of.ts';
import { typeCatalogue } from './type-catalogue.ts';

const throughIpc = (batch: RecordBatch) =>
  tableFromIPC(tableToIPC(new Table([batch]), 'stream')).batches.flatMap(rowsOf);

describe('made batches', () => {
  it('are sound Arrow data: another layout of them (an IPC stream) has the same rows', () => {
    const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(throughIpc(batch)).toEqual(rowsOf(batch));
      }),
      { numRuns: 300 },
    );
  });

  it('slices are the rows from the slice start on', () => {
    const anyBatch = arbitrarySchema(2)
      .chain((schema) => arbitraryBatch(schema))
      .filter((batch) => batch.numRows > 0);
    fc.assert(
      fc.property(anyBatch, fc.nat(), fc.nat(), (batch, a, b) => {
        const start = a % batch.numRows;
        const end = start + (b % (batch.numRows - start + 1));
        expect(rowsOf(batch.slice(start, end))).toEqual(rowsOf(batch).slice(start, end));
      }),
      { numRuns: 300 },
    );
  });

  it.each(typeCatalogue.map((entry) => [entry.title, entry] as const))(
    '%s is deterministic, has values and nulls, and survives IPC',
    (_, entry) => {
      const batch = entry.make(40);
      expect(batch.numRows).toBe(40);
      expect(rowsOf(entry.make(40))).toEqual(rowsOf(batch));
      expect(throughIpc(batch)).toEqual(rowsOf(batch));
      const values = rowsOf(batch).map((row) => row['value']);
      expect(values).toContain(null);
      if (entry.type !== 'null') expect(values.some((value) => value !== null)).toBe(true);
    },
  );

  it('hold every leaf type', () => {
    const typed = new Set(typeCatalogue.filter((entry) => entry.shape === 'flat').map((entry) => entry.type));
    expect(Object.keys(leafTypes).filter((name) => !typed.has(name))).toEqual([]);
  });
});

describe('rowsOf', () => {
  it('agrees with values written by hand', () => {
    const table = tableFromArrays({ number: Int32Array.of(1, -2), float: Float64Array.of(-0, NaN), name: ['é', 'b'] });
    expect(table.batches.flatMap(rowsOf)).toEqual([
      { number: '1', float: '8000000000000000', name: 'é' },
      { number: '-2', float: '7ff8000000000000', name: 'b' },
    ]);
  });

  it('keeps the payload of a NaN and both of two columns of one name', () => {
    const fields = [new Field('a', new Float64(), true), new Field('a', new Int32(), true)];
    const children = [
      makeData({ type: new Float64(), data: new Float64Array(BigUint64Array.of(0x7ff0_0000_0000_0001n).buffer) }),
      makeData({ type: new Int32(), data: Int32Array.of(5), nullBitmap: Uint8Array.of(0) }),
    ];
    const batch = new RecordBatch(
      new Schema(fields),
      makeData({ type: new Struct(fields), length: 1, nullCount: 0, children }),
    );
    expect(rowsOf(batch)).toEqual([{ a: '7ff0000000000001', 'a (field 1)': null }]);
  });
});
