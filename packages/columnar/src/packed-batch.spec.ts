import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, rowsOf } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { anySources } from '../test/arbitrary-sources.ts';
import { plainSchema, rowsOfColumns } from '../test/plain-rows.ts';
import { columnsOfBatch } from './batch.ts';
import { emptyColumn } from './empty-column.ts';
import { packBatch, takeCapacity, unpackBatch } from './packed-batch.ts';
import { takeBatch } from './take.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));

describe('a packed batch', () => {
  it('is the same after the way to another thread', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const template = plainSchema(batch.schema).fields.map((field) => emptyColumn(field.type));
        const arrived = structuredClone(packBatch(columnsOfBatch(batch)));
        expect(rowsOfColumns(batch.schema, unpackBatch(arrived, template))).toEqual(rowsOf(batch));
      }),
      { numRuns: 200 },
    );
  });
});

describe('takeCapacity', () => {
  it('is enough for all rows of some batches, in any order', () => {
    fc.assert(
      fc.property(anySources, fc.infiniteStream(fc.nat()), ({ batches }, keys) => {
        const sources = batches.map((batch) => columnsOfBatch(batch));
        const rows = sources.flatMap(({ rows: count }, which) =>
          Array.from({ length: count }, (_, row) => ({ which, row, key: keys.next().value as number })),
        );
        rows.sort((one, other) => one.key - other.key);
        const selection = {
          which: Uint32Array.from(rows, ({ which }) => which),
          rows: Uint32Array.from(rows, ({ row }) => row),
        };
        let used = 0;
        const allocate = (bytes: number) => {
          used += 8 * Math.ceil(bytes / 8);
          return new Uint8Array(bytes);
        };
        takeBatch(sources, selection, 0, rows.length, allocate);
        expect(used).toBeLessThanOrEqual(takeCapacity(sources));
      }),
      { numRuns: 300 },
    );
  });
});
