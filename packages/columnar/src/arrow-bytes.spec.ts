import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, seededRandom } from '@riffle/testkit';
import { Field, Int32, List, makeData, RecordBatch, Schema, Struct, Utf8 } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encodePlainBatch } from '../test/other-layout.ts';
import { plainSchema } from '../test/plain-rows.ts';
import { arrowBytes, columnBatchBytes, rowBytes } from './arrow-bytes.ts';
import { columnsOfBatch } from './batch.ts';
import { takeBatch } from './take.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));
const sum = (sizes: Float64Array) => sizes.reduce((total, bytes) => total + bytes, 0);

describe('rowBytes', () => {
  it('add up to arrowBytes', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        expect(sum(rowBytes(columnsOfBatch(batch)))).toBe(arrowBytes(batch));
        expect(columnBatchBytes(columnsOfBatch(batch))).toBe(arrowBytes(batch));
      }),
      { numRuns: 300 },
    );
  });

  it('depend on the rows alone: not on slicing, on what stands behind nulls, nor on how the rows came together', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), fc.nat(), (batch, seed, cut) => {
        const columns = columnsOfBatch(batch);
        const sizes = [...rowBytes(columns)];
        const at = cut % (batch.numRows + 1);
        expect([batch.slice(0, at), batch.slice(at)].flatMap((part) => [...rowBytes(columnsOfBatch(part))])).toEqual(
          sizes,
        );
        const other = encodePlainBatch(plainSchema(batch.schema), columns, seededRandom(seed));
        expect([...rowBytes(columnsOfBatch(other))]).toEqual(sizes);
        const rows = Uint32Array.from(sizes, (_, row) => row).toReversed();
        const taken = takeBatch(
          [columns, columnsOfBatch(other)],
          { which: rows.map((row) => row & 1), rows },
          0,
          rows.length,
        );
        expect([...rowBytes(taken)]).toEqual(sizes.toReversed());
      }),
      { numRuns: 300 },
    );
  });

  it('are what the rule says', () => {
    const list = new List(new Field('item', new Int32(), true));
    const struct = new Struct([new Field('number', new Int32(), true), new Field('text', new Utf8(), true)]);
    const text = makeData({
      type: new Utf8(),
      length: 2,
      nullCount: 0,
      valueOffsets: Int32Array.of(0, 3, 8),
      data: new Uint8Array(8),
    });
    const numbers = makeData({ type: new Int32(), length: 3, nullCount: 0, data: new Int32Array(3) });
    const columns = [
      makeData({
        type: list,
        length: 2,
        nullBitmap: Uint8Array.of(0b01),
        valueOffsets: Int32Array.of(0, 2, 3),
        child: numbers,
      }),
      makeData({ type: struct, length: 2, nullBitmap: Uint8Array.of(0b01), children: [numbers.slice(0, 2), text] }),
    ];
    const schema = new Schema(columns.map((column, index) => new Field(String(index), column.type, true)));
    const batch = new RecordBatch(
      schema,
      makeData({ type: new Struct(schema.fields), length: 2, nullCount: 0, children: columns }),
    );
    // A list of two, a number and three bytes of text; then nulls only.
    expect([...rowBytes(columnsOfBatch(batch))]).toEqual([4 + 8 + 4 + 4 + 3, 4 + 4 + 4]);
  });
});
