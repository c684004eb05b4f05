import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, rowsOf, seededRandom } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { otherBatch } from '../test/other-layout.ts';
import { bytesUnder, fingerprintsOf, rowsOfColumns } from '../test/plain-rows.ts';
import { rowBytes } from './arrow-bytes.ts';
import { columnsOfBatch } from './batch.ts';
import { sliceBatch } from './slice-batch.ts';
import { takeBatch } from './take.ts';

const anySlice = arbitrarySchema(2)
  .chain((schema) => fc.tuple(arbitraryBatch(schema), fc.nat(), fc.nat(), fc.integer()))
  .map(([batch, a, b, seed]) => {
    const start = a % (batch.numRows + 1);
    return { batch: otherBatch(batch, seededRandom(seed)), start, end: start + (b % (batch.numRows - start + 1)) };
  });

describe('sliceBatch', () => {
  it('gives the rows of the range, to every kernel', () => {
    fc.assert(
      fc.property(anySlice, ({ batch, start, end }) => {
        const whole = columnsOfBatch(batch);
        const slice = sliceBatch(whole, start, end);
        const rows = rowsOf(batch).slice(start, end);
        expect(rowsOfColumns(batch.schema, slice)).toEqual(rows);
        expect(fingerprintsOf(slice)).toEqual(fingerprintsOf(whole).slice(start, end));
        expect([...rowBytes(slice)]).toEqual([...rowBytes(whole)].slice(start, end));
        const backwards = Uint32Array.from(rows, (_, row) => rows.length - 1 - row);
        const taken = takeBatch([slice], { which: undefined, rows: backwards }, 0, rows.length);
        expect(rowsOfColumns(batch.schema, taken)).toEqual(rows.toReversed());
      }),
      { numRuns: 300 },
    );
  });

  it('copies nothing', () => {
    fc.assert(
      fc.property(anySlice, ({ batch, start, end }) => {
        const whole = columnsOfBatch(batch);
        const before = new Set(bytesUnder(whole).map((bytes) => bytes.buffer));
        const after = bytesUnder(sliceBatch(whole, start, end)).map((bytes) => bytes.buffer);
        expect(after.filter((buffer) => !before.has(buffer))).toEqual([]);
      }),
    );
  });
});
