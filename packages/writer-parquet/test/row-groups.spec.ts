import { describe, expect, test } from 'vitest';
import { rowsOf } from '@riffle/testkit';
import { parsePageHeader } from '@riffle/codec-parquet';
import { batchOf, binaries, integers, longs, noise, texts, zeroLists } from './batches.ts';
import { pageLocations, rowGroupChunks, rowGroupRows } from './footer.ts';
import { readRows, tuningOf, writeFile } from './write-file.ts';

describe('row groups', () => {
  test('close before the batch that would take them past their bytes', async () => {
    const batch = batchOf({ value: longs(1000, (index) => index) });
    const batches = [batch, batch, batch, batch, batch];
    expect(rowGroupRows((await writeFile(batches, { rowGroupBytes: 24_000 })).bytes)).toEqual([3000, 2000]);
    expect(rowGroupRows((await writeFile(batches, { rowGroupBytes: 23_999 })).bytes)).toEqual([2000, 2000, 1000]);
    expect(rowGroupRows((await writeFile(batches, { rowGroupBytes: 1 })).bytes)).toEqual([
      1000, 1000, 1000, 1000, 1000,
    ]);
  });

  test('close before the batch that would take them past 1,048,576 rows', async () => {
    const batch = batchOf({ value: integers(2 ** 19, (index) => index & 1) });
    const { bytes } = await writeFile([batch, batch, batch], { compression: 'snappy' });
    expect(rowGroupRows(bytes)).toEqual([2 ** 20, 2 ** 19]);
  });

  test('close early where a column that gets a dictionary would fill more than a quarter', async () => {
    const batch = batchOf({ value: longs(1000, (index) => index % 3), other: longs(1000, (index) => index) });
    const tuning = tuningOf([['value'], ['other']], 'RLE_DICTIONARY', 'PLAIN');
    expect(
      rowGroupRows((await writeFile([batch, batch, batch, batch], { rowGroupBytes: 64_000, tuning })).bytes),
    ).toEqual([2000, 2000]);
    expect(rowGroupRows((await writeFile([batch, batch, batch, batch], { rowGroupBytes: 64_000 })).bytes)).toEqual([
      4000,
    ]);
  });

  test('close before 286 MiB of pages before compression, whatever was asked for: the Hub shows no more', async () => {
    // A byte becomes four in Parquet, and these compress to nothing.
    const batch = batchOf({ codes: zeroLists(100, 300_000) });
    const options = { rowGroupBytes: 2 ** 30, compression: 'snappy' } as const;
    const { bytes } = await writeFile([batch, batch, batch], options);
    expect(rowGroupRows(bytes)).toEqual([200, 100]);
  });

  test('a batch of no rows changes nothing', async () => {
    const batch = batchOf({ value: longs(10, (index) => index) });
    const empty = batch.slice(0, 0);
    const with0 = await writeFile([empty, batch, empty, batch, empty], { schema: batch.schema });
    expect(with0.bytes).toEqual((await writeFile([batch, batch])).bytes);
  });

  test('a batch far larger than the codec should get at once is cut, and comes back whole', async () => {
    const batch = batchOf({
      value: binaries(30, (index) => noise(1_000_000 + index, index + 1)),
      number: integers(30, (index) => index),
    });
    const { bytes, rows } = await writeFile([batch], { compression: 'none' });
    expect([rows, rowGroupRows(bytes)]).toEqual([30, [30]]);
    expect(readRows(bytes)).toEqual(rowsOf(batch));
  });

  test('the largest column is written first, whichever it is, and offsets say so', async () => {
    const batch = batchOf({
      small: integers(5000, (index) => index % 7),
      large: texts(5000, (index) => `text number ${index * 7919}`),
      middle: longs(5000, (index) => index * 7919),
    });
    const { bytes } = await writeFile([batch, batch, batch], { compression: 'none' });
    const [small, large, middle] = rowGroupChunks(bytes);
    expect(large!.start).toBe(4);
    expect(small!.start).toBe(4 + large!.compressedBytes);
    expect(middle!.start).toBe(small!.start + small!.compressedBytes);
    expect(readRows(bytes)).toEqual([batch, batch, batch].flatMap((piece) => rowsOf(piece)));
  });
});

describe('the offset index', () => {
  test('points at every data page, with the row it begins at', async () => {
    const batch = batchOf({ value: longs(50_000, (index) => index), label: integers(50_000, (index) => index % 5) });
    const tuning = tuningOf([['value'], ['label']], 'PLAIN', 'RLE_DICTIONARY');
    const { bytes } = await writeFile([batch, batch, batch], { tuning, rowGroupBytes: 16 * 2 ** 20 });
    for (const [column, locations] of pageLocations(bytes).entries()) {
      const chunk = rowGroupChunks(bytes)[column]!;
      let at = chunk.dataPageOffset;
      let row = 0;
      for (const location of locations) {
        const header = parsePageHeader(bytes, at, chunk.leaf);
        expect(location).toEqual({ offset: at, bytes: header.end - at, firstRow: row });
        at += location.bytes;
        row += header.values;
      }
      expect([at, row]).toEqual([chunk.start + chunk.compressedBytes, 150_000]);
      expect(locations.length).toBeGreaterThan(6);
    }
  });
});
