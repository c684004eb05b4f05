import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, rowsOf, seededRandom } from '@riffle/testkit';
import { describe, expect, it } from 'vitest';
import { otherBatch } from '../test/other-layout.ts';
import { plainSchema, rowsOfColumns } from '../test/plain-rows.ts';
import { columnsOfBatch } from './batch.ts';
import { emptyColumn } from './empty-column.ts';
import { parseSegments, segmentBytes, writeSegment } from './segment.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));

describe('segments', () => {
  it('give back any ranges of rows with their positions, several in one buffer, each as long as announced', () => {
    fc.assert(
      fc.property(
        anyBatch,
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 }),
        fc.integer(),
        (batch, cuts, seed) => {
          const random = seededRandom(seed);
          const other = otherBatch(batch, random);
          const source = columnsOfBatch(other);
          const positions = Uint32Array.from({ length: source.rows }, () => random.uint32());
          const ranges = cuts.map(([a, b]) => {
            const start = a % (source.rows + 1);
            return { start, end: start + (b % (source.rows - start + 1)) };
          });
          const sizes = ranges.map(({ start, end }) => segmentBytes(source, start, end));
          const total = sizes.reduce((sum, size) => sum + size, 0);
          // Reused memory: what a segment does not write must not matter. Guarded on both sides.
          const memory = new Uint8Array(8 + total + 8).fill(0xa5);
          let at = 8;
          ranges.forEach(({ start, end }, index) => {
            const after = writeSegment(source, positions, start, end, memory, at);
            expect(after - at).toBe(sizes[index]);
            at = after;
          });
          expect([...memory.subarray(0, 8), ...memory.subarray(at)]).toEqual(Array(16).fill(0xa5));

          const schema = plainSchema(other.schema);
          const segments = parseSegments(
            memory.subarray(8, at),
            schema.fields.map((field) => emptyColumn(field.type)),
          );
          expect(segments).toHaveLength(ranges.length);
          segments.forEach((segment, index) => {
            const { start, end } = ranges[index]!;
            expect(rowsOfColumns(schema, segment)).toEqual(rowsOf(other).slice(start, end));
            expect(segment.positions).toEqual(positions.slice(start, end));
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are views of the bytes they were parsed from', () => {
    const batch = fc.sample(
      anyBatch.filter((made) => made.numRows > 0),
      { numRuns: 1, seed: 1 },
    )[0]!;
    const source = columnsOfBatch(batch);
    const memory = new Uint8Array(segmentBytes(source, 0, source.rows));
    writeSegment(source, new Uint32Array(source.rows), 0, source.rows, memory, 0);
    const [segment] = parseSegments(memory, source.columns);
    expect(segment!.positions.buffer).toBe(memory.buffer);
  });

  it('are refused when their bytes are cut short or their lengths contradict each other', () => {
    const batch = fc.sample(
      anyBatch.filter((made) => made.numRows > 0),
      { numRuns: 1, seed: 2 },
    )[0]!;
    const source = columnsOfBatch(batch);
    const memory = new Uint8Array(segmentBytes(source, 0, source.rows));
    writeSegment(source, new Uint32Array(source.rows), 0, source.rows, memory, 0);
    expect(() => parseSegments(memory.subarray(0, memory.length - 8), source.columns)).toThrow(/segment/i);
    memory[0]!++;
    expect(() => parseSegments(memory, source.columns)).toThrow(/segment/i);
  });
});
