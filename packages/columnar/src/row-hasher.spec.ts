import { arbitraryBatch, arbitrarySchema, typeCatalogue } from '@riffle/testkit';
import { Field, Int64, makeData, RecordBatch, Schema, Struct, Utf8 } from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slowFingerprints } from '../test/slow-fingerprint.ts';
import { columnsOfBatch } from './batch.ts';
import { fingerprintHex } from './fingerprint-sums.ts';
import { hashRows } from './fingerprint.ts';
import { murmur3Words } from './murmur3-128.ts';
import { createPlainHasher, createSimdHasher, runRows, runWords, type RowHasher } from './row-hasher.ts';

function fingerprintsBy(hasher: RowHasher, batch: RecordBatch): string[] {
  const out = new Uint32Array(4 * batch.numRows);
  hashRows(hasher, columnsOfBatch(batch), 0, batch.numRows, out);
  return Array.from({ length: batch.numRows }, (_, row) => fingerprintHex(out, row));
}

/** An integer, and a text of so many bytes. */
function textBatch(lengths: readonly number[]): RecordBatch {
  const schema = new Schema([new Field('id', new Int64()), new Field('text', new Utf8())]);
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, row) => (offsets[row + 1] = offsets[row]! + length));
  const data = new Uint8Array(offsets[lengths.length]!).map((_, index) => index * 7);
  const ids = BigInt64Array.from(lengths, (_, row) => BigInt(row) - 2n);
  const children = [
    makeData({ type: new Int64(), length: lengths.length, nullCount: 0, data: ids }),
    makeData({ type: new Utf8(), length: lengths.length, nullCount: 0, valueOffsets: offsets, data }),
  ];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: lengths.length, nullCount: 0, children }),
  );
}

describe.each([
  ['SIMD', createSimdHasher],
  ['plain', createPlainHasher],
])('%s hasher', (_, create) => {
  const hasher = create()!;
  // What was hashed before must not matter.
  const dirty = () => hasher.words.fill(-1);

  it.each(typeCatalogue.map((entry) => [entry.title, entry] as const))('takes %s as the page says', (__, entry) => {
    for (const rows of [101, 6, 5, 4, 3, 2, 1, 0]) {
      dirty();
      const batch = entry.make(rows);
      expect(fingerprintsBy(hasher, batch)).toEqual(slowFingerprints(batch));
    }
  });

  it('takes any batch as the page says', () => {
    fc.assert(
      fc.property(
        arbitrarySchema(3).chain((schema) => arbitraryBatch(schema)),
        (batch) => {
          dirty();
          expect(fingerprintsBy(hasher, batch)).toEqual(slowFingerprints(batch));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hashes rows of any lengths side by side', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat(200)), { maxLength: 40 }), fc.nat(50), (lengths, first) => {
        hasher.words.forEach((__, index) => index < 9000 && (hasher.words[index] = Math.imul(index, 0x9e3779b1)));
        let at = first;
        lengths.forEach((length, row) => {
          hasher.starts[row] = at;
          hasher.ends[row] = at += length;
        });
        const hashes = hasher.hash(lengths.length);
        const expected = new Uint32Array(4);
        lengths.forEach((length, row) => {
          murmur3Words(hasher.words, hasher.starts[row]!, length, expected, 0);
          expect(hashes.slice(4 * row, 4 * row + 4)).toEqual(expected);
        });
      }),
    );
  });

  it('takes texts that just fit together, and those that just do not', () => {
    for (const last of [9, 10, 11]) {
      dirty();
      const batch = textBatch([3, 2 ** 18 - 13, last]).slice(1);
      expect(fingerprintsBy(hasher, batch)).toEqual(slowFingerprints(batch));
    }
  });

  it('takes runs cut by rows and by words, and rows that are too large for it', () => {
    const most = 4 * runWords;
    const lengths = Array.from({ length: 2 * runRows + 3 }, (__, row) => row % 19);
    for (const [row, length] of [
      [5, most - 20],
      [6, most - 16],
      [7, most - 15],
      [8, most + 1000],
      [1000, most / 2],
      [1001, most / 2],
      [1002, most / 3],
      [2 * runRows + 2, most - 16],
    ] as const)
      lengths[row] = length;
    const batch = textBatch(lengths);
    dirty();
    const together = fingerprintsBy(hasher, batch);
    expect(new Set(together).size).toBe(lengths.length);
    for (const row of [0, 4, 5, 6, 7, 8, 9, 999, 1000, 1001, 1002, 1003, runRows - 1, runRows, 2 * runRows + 2])
      expect(slowFingerprints(batch.slice(row, row + 1)), `row ${row}`).toEqual([together[row]]);
  });
});
