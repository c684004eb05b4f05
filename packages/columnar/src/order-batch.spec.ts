import { arbitraryBatches, arbitrarySchema, rowsOf, typeCatalogue } from '@riffle/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOfColumns, columnsOfBatch } from './batch.ts';
import { orderBatch } from './order-batch.ts';
import { takeBatch } from './take.ts';

/** A random order of the rows of several sources, from both sides. */
function randomOrder(counts: readonly number[], random: () => number) {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const order = Array.from({ length: rows }, (_, place) => place);
  for (let index = rows - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
  const selection = { which: new Uint32Array(rows), rows: new Uint32Array(rows) };
  let first = 0;
  const places = counts.map((count, source) => {
    const own = Uint32Array.from(order.slice(first, first + count));
    own.forEach((place, row) => {
      selection.which[place] = source;
      selection.rows[place] = row;
    });
    first += count;
    return own;
  });
  return { rows, places, selection };
}

describe('orderBatch', () => {
  it('gives the buffers that takeBatch gives, whatever the schema', () => {
    fc.assert(
      fc.property(
        arbitrarySchema(2).chain((schema) => arbitraryBatches(schema).filter((batches) => batches.length > 0)),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        (batches, stream) => {
          const sources = batches.map((batch) => columnsOfBatch(batch));
          const { rows, places, selection } = randomOrder(
            sources.map((source) => source.rows),
            () => stream.next().value as number,
          );
          expect(orderBatch(sources, places, rows)).toEqual(takeBatch(sources, selection, 0, rows));
        },
      ),
    );
  });

  it.each(typeCatalogue.map((type) => [type.title, type] as const))('puts rows where they belong: %s', (_, type) => {
    const parts = [type.make(40, 1), type.make(25, 2)];
    const sources = parts.map((batch) => columnsOfBatch(batch));
    let state = 7;
    const { rows, places } = randomOrder([40, 25], () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31);
    const ordered = rowsOf(batchOfColumns(parts[0]!.schema, orderBatch(sources, places, rows)));
    const expected: unknown[] = [];
    parts.forEach((batch, source) => rowsOf(batch).forEach((row, index) => (expected[places[source]![index]!] = row)));
    expect(ordered).toEqual(expected);
  });
});
