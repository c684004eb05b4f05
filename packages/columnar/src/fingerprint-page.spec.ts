import { describe, expect, it } from 'vitest';
import { batchOfVector, readPage, vectorsOfPage } from '../test/page-vectors.ts';
import { columnsOfBatch } from './batch.ts';
import { countAt, measureRows } from './canonical-size.ts';
import { writeRows } from './canonical-write.ts';
import type { ColumnBatch } from './column.ts';
import { createFingerprintSums, fingerprintHex } from './fingerprint-sums.ts';
import { fingerprintRows } from './fingerprint.ts';

const page = readPage('docs/reference/fingerprint.md');
const vectors = vectorsOfPage(page);

function wordsOf(row: ColumnBatch): string {
  const count = countAt(measureRows(row, 0, 1), 0);
  const words = new Int32Array(count);
  const cursors = Uint32Array.of(0);
  writeRows(row, 0, 1, { words, bytes: new Uint8Array(words.buffer), cursors, together: undefined });
  expect(cursors[0]).toBe(count);
  return [...new Uint32Array(words.buffer)].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('docs/reference/fingerprint.md', () => {
  it('has vectors', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(12);
  });

  it.each(
    vectors.map((vector, index) => [index, Object.keys(vector.columns).join(', ').slice(0, 60), vector] as const),
  )('row %d (%s) has the words and the hash of the page', (_, __, vector) => {
    const row = columnsOfBatch(batchOfVector(vector));
    expect(wordsOf(row)).toBe(vector.words);
    const fingerprint = new Uint32Array(4);
    fingerprintRows(row, fingerprint);
    expect(fingerprintHex(fingerprint)).toBe(vector.fingerprint);
  });

  it('gives their sum', () => {
    const sums = createFingerprintSums(1);
    for (const vector of vectors) {
      const fingerprint = new Uint32Array(4);
      fingerprintRows(columnsOfBatch(batchOfVector(vector)), fingerprint);
      sums.add(0, fingerprint, 0);
    }
    expect(page).toContain(`\`${fingerprintHex(sums.words())}\``);
  });
});
