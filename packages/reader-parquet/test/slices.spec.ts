import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ReadableFile } from '@riffle/core';
import { arrowBytes } from '@riffle/columnar';
import { heldBytes } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB } from '@riffle/testkit';
import { Binary, Field, makeData, RecordBatch, Schema, Struct, Utf8, type Data } from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet } from './write-parquet.ts';

const MIB = 2 ** 20;
const reader = createParquetReader();
const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-slices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function bytesColumn(type: Binary | Utf8, values: readonly Uint8Array[]): Data {
  const valueOffsets = Int32Array.from([0, ...values.map((value) => value.length)]);
  for (let index = 1; index < valueOffsets.length; index++) valueOffsets[index]! += valueOffsets[index - 1]!;
  return makeData({
    type: type as Binary,
    length: values.length,
    nullCount: 0,
    valueOffsets,
    data: Buffer.concat(values),
  });
}

function batchOf(columns: Readonly<Record<string, Data>>): RecordBatch {
  const fields = Object.entries(columns).map(([name, data]) => new Field(name, data.type, true));
  const length = Object.values(columns)[0]!.length;
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length, nullCount: 0, children: Object.values(columns) }),
  );
}

/** Speech: 320 rows of 100,000 bytes that cannot be compressed, uncompressed. */
const audio = (() => {
  const bytes = randomBytes(320 * 100_000);
  const values = Array.from({ length: 320 }, (_, row) => bytes.subarray(row * 100_000, (row + 1) * 100_000));
  return writeParquet(batchOf({ audio: bytesColumn(new Binary(), values) }), (builder) =>
    builder.setDictionaryEnabled(false).setCompression(0),
  );
})();

interface Observed {
  readonly rows: number;
  readonly sizes: readonly number[];
  /** Sum of all bytes of values, to be compared. */
  readonly checksum: number;
}

async function observe(file: ReadableFile, targetBatchBytes: number, fragment = 0): Promise<Observed> {
  const sizes: number[] = [];
  let rows = 0;
  let checksum = 0;
  for await (const batch of reader.read(file, fragment, { targetBatchBytes })) {
    rows += batch.numRows;
    sizes.push(arrowBytes(batch));
    const { valueOffsets, values } = batch.data.children[0]!;
    if (valueOffsets !== undefined && values !== undefined)
      for (let at = valueOffsets[0]!; at < valueOffsets[batch.numRows]!; at += 997) checksum += values[at];
  }
  return { rows, sizes, checksum };
}

describe('memory', () => {
  test('of a large row group in slices is a few slices, far below the row group', async () => {
    const path = join(folder, 'audio.parquet');
    writeFileSync(path, audio);
    // In a process of its own: memory of the codec never shrinks, and this one has written files.
    const script = fileURLToPath(new URL('measure-memory.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script, path, String(2 * MIB)]);
    const { rows, heldBytes: held } = JSON.parse(stdout) as { rows: number; heldBytes: number };
    expect(rows).toBe(320);
    expect(held).toBeLessThan(8 * 2 * MIB);
    expect(held).toBeLessThan(audio.length / 2);
  });

  test('does not grow with reading on, nor does a slice read much that it does not need', async () => {
    const file = memoryFile('audio', audio);
    const first = await observe(file, 2 * MIB);
    expect(first.sizes.length).toBeGreaterThan(12);
    expect(Math.max(...first.sizes)).toBeLessThan(2.6 * MIB);
    const after = heldBytes();
    for (let round = 0; round < 60; round++) expect(await observe(file, 2 * MIB)).toEqual(first);
    expect(heldBytes()).toBe(after);
    // Each slice reads its own pages, with those at its ends twice, not the row group; the scan reads the headers.
    const read = file.reads.reduce((sum, { length }) => sum + length, 0) / 61;
    expect(read).toBeLessThan(2 * audio.length);
  }, 120_000);

  test('of row groups read whole does not grow with reading on', async () => {
    const file = memoryFile('audio', audio);
    const first = await observe(file, 64 * MIB);
    expect(first.sizes).toHaveLength(1);
    const after = heldBytes();
    for (let round = 0; round < 60; round++) expect(await observe(file, 64 * MIB)).toEqual(first);
    expect(heldBytes()).toBe(after);
  }, 120_000);
});

describe('sizes', () => {
  test('a file that cannot be read into memory directly gives the same', async () => {
    const bytes = audio;
    const { location, size, read, close } = memoryFile('audio', bytes);
    for (const target of [4 * MIB, 64 * MIB])
      expect(await observe({ location, size, read, close }, target)).toEqual(
        await observe(memoryFile('audio', bytes), target),
      );
  });

  test('a dictionary that expands does not pass the target for long', async () => {
    const long = new TextEncoder().encode('a long text that stands in the file once. '.repeat(200));
    const values = Array.from({ length: 20_000 }, (_, index) => long.subarray(0, 8000 + (index % 7)));
    const bytes = writeParquet(batchOf({ text: bytesColumn(new Utf8(), values) }));
    expect(bytes.length).toBeLessThan(MIB);
    const { rows, sizes } = await observe(memoryFile('file', bytes), 4 * MIB);
    expect(rows).toBe(20_000);
    expect(Math.max(...sizes)).toBeLessThan(5.1 * MIB);
    expect(sizes.length).toBeLessThan(60);
  });

  test('labels and short texts in dictionaries are read whole where they fit', async () => {
    const encoder = new TextEncoder();
    const values = Array.from({ length: 50_000 }, (_, index) => encoder.encode(`label ${index % 5000}`));
    const bytes = writeParquet(batchOf({ label: bytesColumn(new Utf8(), values) }));
    const { sizes } = await observe(memoryFile('file', bytes), MIB);
    expect(sizes).toHaveLength(1);
  });

  test('a row larger than the target comes by itself', async () => {
    const values = Array.from({ length: 9 }, (_, index) => new Uint8Array(index === 4 ? 3 * MIB : 100).fill(index));
    const bytes = writeParquet(batchOf({ audio: bytesColumn(new Binary(), values) }), (builder) =>
      builder.setDictionaryEnabled(false),
    );
    const { rows, sizes } = await observe(memoryFile('file', bytes), MIB);
    expect(rows).toBe(9);
    expect(sizes.filter((size) => size > 3 * MIB)).toHaveLength(1);
    expect(Math.max(...sizes)).toBeLessThan(3 * MIB + 1000);
  });

  test('what the codec cannot skip is decoded whole instead', async () => {
    const duckdb = await openDuckDB();
    const path = join(folder, 'delta.parquet');
    await duckdb.run(
      `COPY (SELECT 'row ' || i AS text, hash(i) % 1000000 AS number FROM range(60000) rows(i)) TO '${path}' (FORMAT parquet, PARQUET_VERSION 'V2')`,
    );
    duckdb.closeSync();
    const file = memoryFile('file', readFileSync(path));
    const small = await observe(file, 100_000);
    const large = await observe(file, 64 * MIB);
    expect([small.rows, large.rows]).toEqual([60_000, 60_000]);
    expect(large.sizes).toHaveLength(1);
    expect(Math.max(...small.sizes)).toBeLessThan(130_000);
  });
});

test('reading two fragments at once in one thread is an error, not wrong rows', async () => {
  const file = memoryFile('audio', audio);
  const first = reader.read(file, 0, { targetBatchBytes: MIB })[Symbol.asyncIterator]();
  await first.next();
  await observe(file, MIB);
  await expect(first.next()).rejects.toThrow('Two fragments were read at the same time in one thread');
});

test('a fragment that is not there is a bug of the caller', async () => {
  const file = memoryFile('audio', writeParquet(batchOf({ text: bytesColumn(new Utf8(), []) })));
  await expect(observe(file, MIB, 5)).rejects.toThrow('Fragment 5 was asked for');
});
