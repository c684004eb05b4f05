import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, rowsOf, seededRandom } from '@riffle/testkit';
import {
  Dictionary,
  Field,
  Float64,
  Int8,
  List,
  Decimal,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  Vector,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { anySources, selectionOf } from '../test/arbitrary-sources.ts';
import { encodePlainBatch, otherBatch } from '../test/other-layout.ts';
import { buffersOf, bytesUnder, plainSchema, rowsOfColumns } from '../test/plain-rows.ts';
import { createArena } from './allocate.ts';
import { batchOfColumns, columnsOfBatch } from './batch.ts';
import { takeBatch } from './take.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));

describe('takeBatch', () => {
  it('gives row rows[i] of source which[i] as row i', () => {
    fc.assert(
      fc.property(anySources, ({ batches, picks }) => {
        const rows = batches.map(rowsOf);
        const taken = takeBatch(
          batches.map((batch) => columnsOfBatch(batch)),
          selectionOf(picks),
          0,
          picks.length,
        );
        expect(rowsOfColumns(batches[0]!.schema, taken)).toEqual(picks.map(({ which, row }) => rows[which]![row]));
      }),
      { numRuns: 400 },
    );
  });

  it('takes any window of the selection', () => {
    fc.assert(
      fc.property(anySources, fc.nat(), fc.nat(), ({ batches, picks }, a, b) => {
        const start = a % (picks.length + 1);
        const end = start + (b % (picks.length - start + 1));
        const rows = batches.map(rowsOf);
        const taken = takeBatch(
          batches.map((batch) => columnsOfBatch(batch)),
          selectionOf(picks),
          start,
          end,
        );
        expect(rowsOfColumns(batches[0]!.schema, taken)).toEqual(
          picks.slice(start, end).map(({ which, row }) => rows[which]![row]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same buffers however rows are laid out and spread over sources', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), (batch, seed) => {
        const random = seededRandom(seed);
        const { numRows: rows } = batch;
        const all = Uint32Array.from({ length: rows }, (_, row) => row);
        const schema = plainSchema(batch.schema);
        const whole = takeBatch([columnsOfBatch(batch)], { which: undefined, rows: all }, 0, rows);
        // Three sources that together hold each row once, in the batch's own types but laid out otherwise.
        const which = Uint32Array.from(all, () => random.below(3));
        const members = [0, 1, 2].map((source) => all.filter((row) => which[row] === source));
        const sources = members.map((member) =>
          columnsOfBatch(
            encodePlainBatch(
              schema,
              takeBatch([columnsOfBatch(batch)], { which: undefined, rows: member }, 0, member.length),
              random,
            ),
          ),
        );
        const spread = takeBatch(
          sources,
          { which, rows: all.map((row) => members[which[row]!]!.indexOf(row)) },
          0,
          rows,
        );
        expect(buffersOf(batchOfColumns(schema, spread))).toEqual(buffersOf(batchOfColumns(schema, whole)));
      }),
      { numRuns: 400 },
    );
  });

  it('leaves nothing behind nulls', () => {
    const type = new Struct([new Field('text', new Utf8(), true)]);
    const text = makeData({
      type: new Utf8(),
      length: 2,
      nullCount: 0,
      valueOffsets: Int32Array.of(0, 2, 4),
      data: new TextEncoder().encode('abcd'),
    });
    const batch = batchOf(makeData({ type, length: 2, nullBitmap: Uint8Array.of(0b10), children: [text] }));
    const [column] = takeBatch([columnsOfBatch(batch)], { which: undefined, rows: Uint32Array.of(0, 1) }, 0, 2).columns;
    expect([...column!.children[0]!.values!]).toEqual([...new TextEncoder().encode('cd')]);
    expect(column!.children[0]!.validity).toEqual(Uint8Array.of(0b10));
  });

  it('keeps the bits of every NaN, flat and in lists', () => {
    const bits = BigUint64Array.of(
      0x7ff8_0000_dead_beefn,
      0x7ff0_0000_0000_0001n,
      0xfff8_0000_0000_0001n,
      0x8000_0000_0000_0000n,
    );
    const flat = makeData({ type: new Float64(), length: 4, nullCount: 0, data: new Float64Array(bits.buffer) });
    const list = makeData({
      type: new List(new Field('item', new Float64(), false)),
      length: 4,
      nullCount: 0,
      valueOffsets: Int32Array.of(0, 1, 2, 3, 4),
      child: flat,
    });
    for (const data of [flat, list]) {
      const [column] = takeBatch(
        [columnsOfBatch(batchOf(data))],
        { which: undefined, rows: Uint32Array.of(3, 2, 1, 0) },
        0,
        4,
      ).columns;
      const values = (column!.children[0] ?? column!).values!;
      expect(new BigUint64Array(values.buffer, values.byteOffset, 4)).toEqual(bits.toReversed());
    }
  });

  it('shares no memory with its sources', () => {
    fc.assert(
      fc.property(anySources, ({ batches, picks }) => {
        const sources = batches.map((batch) => columnsOfBatch(batch));
        const taken = bytesUnder(takeBatch(sources, selectionOf(picks), 0, picks.length));
        const given = new Set(sources.flatMap(bytesUnder).map((bytes) => bytes.buffer));
        expect(taken.filter((bytes) => bytes.length > 0 && given.has(bytes.buffer))).toEqual([]);
      }),
    );
  });

  it('gives the same into memory that held something else before', () => {
    const arena = createArena(256);
    fc.assert(
      fc.property(anySources, ({ batches, picks }) => {
        const schema = plainSchema(batches[0]!.schema);
        const sources = batches.map((batch) => columnsOfBatch(batch));
        const fresh = takeBatch(sources, selectionOf(picks), 0, picks.length);
        arena.reset();
        for (let bytes = 1; bytes < 9000; bytes *= 2) arena.allocate(bytes).fill(0xa5);
        arena.reset();
        const reused = takeBatch(sources, selectionOf(picks), 0, picks.length, arena.allocate);
        expect(buffersOf(batchOfColumns(schema, reused))).toEqual(buffersOf(batchOfColumns(schema, fresh)));
      }),
      { numRuns: 200 },
    );
  });

  it('resolves a dictionary without values whose every index is null', () => {
    const dictionary = new Vector([
      makeData({ type: new Decimal(2, 9, 128), length: 0, nullCount: 0, data: new Uint32Array(0) }),
    ]);
    const type = new Dictionary(new Decimal(2, 9, 128), new Int8());
    const batch = batchOf(
      makeData({ type, length: 3, nullBitmap: Uint8Array.of(0), data: new Int8Array(3), dictionary }),
    );
    expect(rowsOfColumns(batch.schema, columnsOfBatch(batch))).toEqual([
      { value: null },
      { value: null },
      { value: null },
    ]);
  });

  it('refuses a column that would pass 2^31 bytes', () => {
    const bytes = new Uint8Array(2 ** 20);
    const batch = batchOf(
      makeData({
        type: new Utf8(),
        length: 1,
        nullCount: 0,
        valueOffsets: Int32Array.of(0, bytes.length),
        data: bytes,
      }),
    );
    expect(() =>
      takeBatch([columnsOfBatch(batch)], { which: undefined, rows: new Uint32Array(2048) }, 0, 2048),
    ).toThrow(RangeError);
  });

  it('takes the same from rows laid out with other types', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), (batch, seed) => {
        const other = otherBatch(batch, seededRandom(seed));
        const rows = Uint32Array.from({ length: batch.numRows }, (_, row) => batch.numRows - 1 - row);
        expect(
          rowsOfColumns(other.schema, takeBatch([columnsOfBatch(other)], { which: undefined, rows }, 0, rows.length)),
        ).toEqual(rowsOf(other).toReversed());
      }),
      { numRuns: 200 },
    );
  });
});

function batchOf(data: ReturnType<typeof makeData>): RecordBatch {
  const schema = new Schema([new Field('value', data.type, true)]);
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: data.length, nullCount: 0, children: [data] }),
  );
}
