import { readFileSync, writeFileSync } from 'node:fs';
import { createTypeTable, rowsOf, seededRandom, typeCatalogue, withSection } from '@riffle/testkit';
import { Table, Int32, Field, makeData, RecordBatch, Schema, SparseUnion, Struct } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { otherBatch } from '../test/other-layout.ts';
import { fingerprintsOf, plainSchema, rowsOfColumns } from '../test/plain-rows.ts';
import { columnsOfBatch } from './batch.ts';
import type { ColumnBatch } from './column.ts';
import { emptyColumn } from './empty-column.ts';
import { parseSegments, segmentBytes, writeSegment } from './segment.ts';
import { takeBatch } from './take.ts';

const page = new URL('../../../docs/reference/arrow-types.md', import.meta.url);
const table = createTypeTable();

/** Scatter and gather in small: rows dealt to three buckets as segments, then put in reverse order. */
function dealtAndGathered(batch: RecordBatch): ColumnBatch {
  const source = columnsOfBatch(batch);
  const rows = Array.from({ length: source.rows }, (_, row) => row);
  const buckets = [0, 1, 2].map((bucket) => Uint32Array.from(rows.filter((row) => row % 3 === bucket)));
  const order = Uint32Array.from(buckets.flatMap((bucket) => [...bucket]));
  const dealt = takeBatch([source], { which: undefined, rows: order }, 0, order.length);
  const bounds = [0, buckets[0]!.length, buckets[0]!.length + buckets[1]!.length, order.length];
  const size = buckets.reduce((sum, _, bucket) => sum + segmentBytes(dealt, bounds[bucket]!, bounds[bucket + 1]!), 0);
  const memory = new Uint8Array(size);
  buckets.reduce((at, _, bucket) => writeSegment(dealt, order, bounds[bucket]!, bounds[bucket + 1]!, memory, at), 0);
  const segments = parseSegments(
    memory,
    plainSchema(batch.schema).fields.map((field) => emptyColumn(field.type)),
  );
  const backwards = Uint32Array.from(rows.toReversed());
  return takeBatch(
    segments,
    { which: backwards.map((row) => row % 3), rows: backwards.map((row) => Math.floor(row / 3)) },
    0,
    rows.length,
  );
}

describe('every Arrow type', () => {
  it.each(typeCatalogue.map((entry) => [entry.title, entry] as const))('%s', (_, entry) => {
    table.saw(entry, '**failed**');
    for (const rows of [101, 8, 1, 0]) {
      const batch = entry.make(rows);
      const result = dealtAndGathered(batch);
      expect(rowsOfColumns(batch.schema, result)).toEqual(rowsOf(batch).toReversed());
      expect(fingerprintsOf(result)).toEqual(fingerprintsOf(columnsOfBatch(batch)).toReversed());
      const other = otherBatch(batch, seededRandom(rows));
      expect(rowsOfColumns(other.schema, dealtAndGathered(other))).toEqual(rowsOf(other).toReversed());
      expect(fingerprintsOf(columnsOfBatch(other))).toEqual(fingerprintsOf(columnsOfBatch(batch)));
    }
    table.saw(entry, 'passed');
  });

  it('stands in docs/reference/arrow-types.md as it was seen', () => {
    // A run of some of the tests must not write a page of holes.
    expect(table.missing()).toEqual([]);
    const before = readFileSync(page, 'utf8');
    const after = withSection(before, 'kernels', table.toMarkdown());
    if (after !== before && process.env['CI'] === undefined) writeFileSync(page, after);
    expect(
      before,
      'The page differed from what was seen. Outside CI it has been rewritten: look at it and commit it.',
    ).toBe(after);
  });

  it('that is not in the table is refused', () => {
    const union = new SparseUnion([0], [new Field('number', new Int32(), true)]);
    const schema = new Schema([new Field('value', union, true)]);
    const batch = new RecordBatch(
      schema,
      makeData({
        type: new Struct(schema.fields),
        length: 0,
        nullCount: 0,
        children: [new Table(schema).getChildAt(0)!.data[0]!],
      }),
    );
    expect(() => columnsOfBatch(batch)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_CONTENT' }));
  });
});
