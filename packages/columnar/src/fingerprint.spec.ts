import fc from 'fast-check';
import { arbitraryBatch, arbitrarySchema, seededRandom } from '@riffle/testkit';
import { Field, Float64, List, makeData, Null, RecordBatch, Schema, Struct, Utf8, type DataType } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { encodeValues } from '../test/encode-values.ts';
import { mutated } from '../test/mutate.ts';
import { otherBatch } from '../test/other-layout.ts';
import { fingerprintsOf } from '../test/plain-rows.ts';
import { valueAt, valueText, type Value } from '../test/value-tree.ts';
import { addFingerprints } from './add-fingerprints.ts';
import { columnsOfBatch } from './batch.ts';
import { createFingerprintSums, fingerprintHex } from './fingerprint-sums.ts';
import { fingerprintRows } from './fingerprint.ts';
import { parseSegments, segmentBytes, writeSegment } from './segment.ts';
import { takeBatch } from './take.ts';

const anyBatch = arbitrarySchema(2).chain((schema) => arbitraryBatch(schema));
const { concat } = Buffer;

function batchOf(type: DataType, values: readonly Value[], seed = 1): RecordBatch {
  const schema = new Schema([new Field('value', type, true)]);
  const data = encodeValues(type, values, seededRandom(seed));
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: values.length, nullCount: 0, children: [data] }),
  );
}

describe('fingerprintRows', () => {
  it('is the same for equal rows in any layout', () => {
    fc.assert(
      fc.property(anyBatch, fc.integer(), (batch, seed) => {
        expect(fingerprintsOf(columnsOfBatch(otherBatch(batch, seededRandom(seed))))).toEqual(
          fingerprintsOf(columnsOfBatch(batch)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is the same wherever batches are cut', () => {
    fc.assert(
      fc.property(anyBatch, fc.nat(), (batch, cut) => {
        const at = cut % (batch.numRows + 1);
        const parts = [batch.slice(0, at), batch.slice(at)].flatMap((part) => fingerprintsOf(columnsOfBatch(part)));
        expect(parts).toEqual(fingerprintsOf(columnsOfBatch(batch)));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same for a range of rows', () => {
    fc.assert(
      fc.property(anyBatch, fc.nat(), fc.nat(), (batch, one, other) => {
        const [from = 0, to = 0] = [one, other].map((row) => row % (batch.numRows + 1)).toSorted((a, b) => a - b);
        const columns = columnsOfBatch(batch);
        const out = new Uint32Array(4 * (to - from));
        fingerprintRows(columns, out, from, to);
        expect(Array.from({ length: to - from }, (_, row) => fingerprintHex(out, row))).toEqual(
          fingerprintsOf(columns).slice(from, to),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('is the same after takeBatch and through segments', () => {
    fc.assert(
      fc.property(anyBatch, (batch) => {
        const source = columnsOfBatch(batch);
        const rows = Uint32Array.from({ length: source.rows }, (_, row) => source.rows - 1 - row);
        const taken = takeBatch([source], { which: undefined, rows }, 0, source.rows);
        expect(fingerprintsOf(taken)).toEqual(fingerprintsOf(source).toReversed());
        const memory = new Uint8Array(segmentBytes(source, 0, source.rows));
        writeSegment(source, rows, 0, source.rows, memory, 0);
        const [segment] = parseSegments(memory, source.columns);
        expect(fingerprintsOf(segment!)).toEqual(fingerprintsOf(source));
      }),
      { numRuns: 300 },
    );
  });

  it('differs when any one place of a row differs, and only for that row', () => {
    let mutations = 0;
    fc.assert(
      fc.property(
        anyBatch.filter((batch) => batch.numRows > 0),
        fc.integer(),
        (batch, seed) => {
          const random = seededRandom(seed);
          const data = random.pick(batch.data.children);
          const values = Array.from({ length: batch.numRows }, (_, row) => valueAt(data, row));
          const row = random.below(values.length);
          const changed = mutated(data.type, values[row]!, random);
          if (changed === undefined || valueText(changed) === valueText(values[row]!)) return;
          mutations++;
          const before = fingerprintsOf(columnsOfBatch(batchOf(data.type, values, seed)));
          const after = fingerprintsOf(columnsOfBatch(batchOf(data.type, values.with(row, changed), seed + 1)));
          expect(after[row]).not.toBe(before[row]);
          expect(after.toSpliced(row, 1)).toEqual(before.toSpliced(row, 1));
        },
      ),
      { numRuns: 2000 },
    );
    expect(mutations).toBeGreaterThan(1000);
  });

  it('tells apart what is easily confused', () => {
    const text = (value: string) => Buffer.from(value);
    const float = (bits: bigint) => new Uint8Array(BigUint64Array.of(bits).buffer);
    const strings = new List(new Field('item', new Utf8(), true));
    const lists = new List(new Field('item', strings, true));
    const nulls = new List(new Field('item', new Null(), true));
    const cases: readonly (readonly [DataType, readonly Value[]])[] = [
      [
        new Float64(),
        [null, float(0n), float(1n << 63n), float(0x7ff8n << 48n), float((0x7ff8n << 48n) | 1n), float(0xfff8n << 48n)],
      ],
      [new Utf8(), [null, text(''), text('\0'), text('\0\0'), text('a'), text('a\0')]],
      [
        strings,
        [
          null,
          [],
          [null],
          [text('')],
          [null, null],
          [text(''), null],
          [null, text('')],
          [text('ab')],
          [text('a'), text('b')],
          [text('b'), text('a')],
        ],
      ],
      [
        lists,
        [
          null,
          [],
          [null],
          [[]],
          [[null]],
          [[text('a')], []],
          [[], [text('a')]],
          [[text('a'), text('b')]],
          [[text('a')], [text('b')]],
        ],
      ],
      [nulls, [null, [], [null], [null, null]]],
      [
        new Struct([new Field('a', new Utf8(), true), new Field('b', new Utf8(), true)]),
        [
          null,
          [null, null],
          [text(''), null],
          [null, text('')],
          [text('a'), text('b')],
          [text('b'), text('a')],
          [text('ab'), text('')],
        ],
      ],
    ];
    for (const [type, values] of cases)
      expect(new Set(fingerprintsOf(columnsOfBatch(batchOf(type, values)))).size).toBe(values.length);
  });

  it('does not take two columns for one, nor one order of columns for another', () => {
    const [one, two] = [batchOf(new Utf8(), [Buffer.from('a')]), batchOf(new Utf8(), [Buffer.from('b')])].map(
      (batch) => columnsOfBatch(batch).columns[0]!,
    );
    const rows = [[one!], [two!], [one!, two!], [two!, one!], []].flatMap((columns) =>
      fingerprintsOf({ rows: 1, columns }),
    );
    expect(new Set(rows).size).toBe(rows.length);
  });

  it('is right for rows far longer and for more rows than are encoded at once', () => {
    const values = Array.from({ length: 9000 }, (_, row) =>
      row % 3000 === 7
        ? concat([Buffer.alloc(1_100_000 * (1 + (row >> 12)), row), Buffer.of(row & 255)])
        : Buffer.from(`row ${row}`),
    );
    const all = fingerprintsOf(columnsOfBatch(batchOf(new Utf8(), values)));
    expect(new Set(all).size).toBe(values.length);
    for (const row of [0, 6, 7, 8, 3007, 4095, 4096, 6007, 8999]) {
      expect(fingerprintsOf(columnsOfBatch(batchOf(new Utf8(), [values[row]!])))).toEqual([all[row]]);
    }
  });

  it('adds up over more rows than are held at once', () => {
    const columns = columnsOfBatch(
      batchOf(
        new Utf8(),
        Array.from({ length: 9001 }, (_, row) => Buffer.from(`${row}`)),
      ),
    );
    const [sums, expected] = [createFingerprintSums(2), createFingerprintSums(2)];
    addFingerprints(columns, sums, 1);
    const all = new Uint32Array(4 * columns.rows);
    fingerprintRows(columns, all);
    expected.addAll(1, all, columns.rows);
    expect(sums.words()).toEqual(expected.words());
  });

  it('is right for rows of more than 32 columns', () => {
    const column = columnsOfBatch(batchOf(new Utf8(), [Buffer.from('a'), null])).columns[0]!;
    const rows = Array.from({ length: 70 }, (_, count) =>
      fingerprintsOf({ rows: 2, columns: Array.from({ length: count }, () => column) }),
    );
    // Without columns there is nothing to tell rows apart.
    expect(rows[0]![0]).toBe(rows[0]![1]);
    expect(new Set(rows.slice(1).flat()).size).toBeGreaterThan(69 + 2);
  });
});
