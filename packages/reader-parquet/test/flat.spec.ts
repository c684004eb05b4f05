import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { isBadContent } from '@riffle/core';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB, rowsOf, sqlText, type CanonicalRow } from '@riffle/testkit';
import { Table, tableFromIPC, type Data, type RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet, type WriterSettings } from './write-parquet.ts';

/** Row groups of few values are decoded past the codec, and compared with what the codec gives. */
const reader = createParquetReader();
const folder = mkdtempSync(join(tmpdir(), 'riffle-flat-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

function leavesOf(data: Data): Data[] {
  return data.children.length === 0 ? [data] : data.children.flatMap(leavesOf);
}

interface Read {
  readonly rows: readonly CanonicalRow[];
  /** Batches of which nothing lies in the codec's memory. */
  readonly flat: number;
  readonly batches: number;
}

async function read(bytes: Uint8Array, targetBatchBytes = 2 ** 24): Promise<Read> {
  const file = memoryFile('file', bytes);
  const { fragments } = await reader.survey(file);
  const rows: CanonicalRow[] = [];
  let [flat, batches] = [0, 0];
  for (const fragment of fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes })) {
      rows.push(...rowsOf(batch));
      batches++;
      const codecMemory = loadParquetWasm().exports.memory.buffer;
      if (leavesOf(batch.data).every((leaf) => leaf.values?.buffer !== codecMemory)) flat++;
    }
  return { rows, flat, batches };
}

function byCodec(bytes: Uint8Array): readonly CanonicalRow[] {
  const { glue } = loadParquetWasm();
  return tableFromIPC(glue.readParquet(bytes).intoIPCStream()).batches.flatMap((batch) => rowsOf(batch));
}

async function fromDuckDB(query: string, options = 'COMPRESSION snappy'): Promise<Uint8Array> {
  const path = join(folder, `${Math.random()}.parquet`);
  await duckdb.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet, ${options})`);
  return readFileSync(path);
}

function rewritten(bytes: Uint8Array, settings: WriterSettings): Uint8Array {
  const { glue } = loadParquetWasm();
  const [batch] = new Table(tableFromIPC(glue.readParquet(bytes).intoIPCStream()).batches).batches as [RecordBatch];
  return writeParquet(batch, settings);
}

const values: Readonly<Record<string, string>> = {
  'ascending 64 bits': `i::BIGINT + 9000000000000000000`,
  'negative 32 bits': `-i::INTEGER`,
  'unsigned 32 bits': `(4294967295 - i)::UINTEGER`,
  'unsigned 64 bits': `(18446744073709551615 - i)::UBIGINT`,
  floats: `CASE i WHEN 1 THEN 'nan' WHEN 2 THEN '-0.0' WHEN 3 THEN 'inf' ELSE (i / 7)::TEXT END::FLOAT`,
  doubles: `CASE i WHEN 1 THEN 'nan' WHEN 2 THEN '-0.0' ELSE (i / 7)::TEXT END::DOUBLE`,
  'few numbers': `(i % 3)::BIGINT`,
  'few texts': `'speaker ' || (i % 4)`,
  texts: `'row ' || i || repeat(' – übermäßig 🎉', (i % 5)::INTEGER)`,
  'empty texts': `CASE WHEN i % 2 = 0 THEN '' ELSE repeat('x', i::INTEGER) END`,
  bytes: `unhex(md5(i::TEXT))`,
};
const nulls: Readonly<Record<string, (value: string) => string>> = {
  'in every row': (value) => value,
  'with nulls': (value) => `CASE WHEN i % 3 = 1 THEN NULL ELSE ${value} END`,
  'but in the last rows': (value) => `CASE WHEN i > 50 THEN NULL ELSE ${value} END`,
  'in no row': (value) => `CASE WHEN i < 0 THEN ${value} END`,
};

describe.each(Object.entries(values))('%s', (_, value) => {
  test.each(Object.entries(nulls))('%s', async (_where, among) => {
    const query = `SELECT i AS id, ${among(value)} AS value FROM range(77) rows(i)`;
    const source = await fromDuckDB(query);
    const files = [
      source,
      await fromDuckDB(query, 'COMPRESSION uncompressed'),
      await fromDuckDB(query, 'COMPRESSION snappy, DICTIONARY_SIZE_LIMIT 1'),
      rewritten(source, (builder) => builder.setDictionaryEnabled(true).setCompression(1)),
      rewritten(source, (builder) => builder.setDictionaryEnabled(false).setCompression(0)),
      // Several pages, of dictionary values and then of plain ones.
      rewritten(source, (builder) =>
        builder
          .setDictionaryEnabled(true)
          .setDictionaryPageSizeLimit(200)
          .setDataPageSizeLimit(150)
          .setWriteBatchSize(8),
      ),
    ];
    for (const bytes of files) {
      const { rows, flat, batches } = await read(bytes);
      expect([flat, batches]).toEqual([1, 1]);
      expect(rows).toEqual(byCodec(bytes));
    }
  });
});

test('columns that may not be null', async () => {
  const source = await fromDuckDB(`SELECT i AS id, 'row ' || i AS text FROM range(60) rows(i)`);
  const [batch] = tableFromIPC(loadParquetWasm().glue.readParquet(source).intoIPCStream()).batches as [RecordBatch];
  const fields = batch.schema.fields.map((field) => field.clone({ nullable: false }));
  const { schema } = batch;
  schema.fields.splice(0, fields.length, ...fields);
  const bytes = writeParquet(batch);
  const { rows, flat } = await read(bytes);
  expect(flat).toBe(1);
  expect(rows).toEqual(byCodec(bytes));
});

test('all else is left to the codec', async () => {
  const { Encoding } = loadParquetWasm().glue;
  const plain = 'SELECT i AS id FROM range(60) rows(i)';
  const files = [
    await fromDuckDB(plain, 'COMPRESSION zstd'),
    await fromDuckDB('SELECT i AS id FROM range(5000) rows(i)'),
    await fromDuckDB(`SELECT i AS id, repeat(i::TEXT, 5000) AS text FROM range(60) rows(i)`),
    // Of a dictionary, many rows share what is stored once.
    await fromDuckDB(`SELECT repeat('x', 4000) AS text FROM range(60) rows(i)`),
    await fromDuckDB('SELECT [i] AS ids FROM range(60) rows(i)'),
    await fromDuckDB(`SELECT {'id': i} AS row FROM range(60) rows(i)`),
    await fromDuckDB('SELECT i % 2 = 0 AS even FROM range(60) rows(i)'),
    await fromDuckDB(`SELECT TIMESTAMP '2026-01-01' + to_days(i::INTEGER) AS day FROM range(60) rows(i)`),
    await fromDuckDB('SELECT i::SMALLINT AS small FROM range(60) rows(i)'),
    rewritten(await fromDuckDB(plain), (builder) =>
      builder.setDictionaryEnabled(false).setEncoding(Encoding.DELTA_BINARY_PACKED),
    ),
  ];
  for (const [index, bytes] of files.entries()) {
    const { rows, flat } = await read(bytes);
    expect({ index, flat }).toEqual({ index, flat: 0 });
    expect(rows).toEqual(byCodec(bytes));
  }
});

test('rows that do not fit the target come in slices', async () => {
  const bytes = await fromDuckDB(`SELECT i AS id, 'row ' || i AS text FROM range(60) rows(i)`);
  const { rows, flat, batches } = await read(bytes, 300);
  expect(flat).toBe(0);
  expect(batches).toBeGreaterThan(3);
  expect(rows).toEqual((await read(bytes)).rows);
});

test('batches of two fragments that are read at once are never taken for sound', async () => {
  const one = memoryFile('one', await fromDuckDB(`SELECT i AS id, 'row ' || i AS text FROM range(60) rows(i)`));
  const other = memoryFile('other', await fromDuckDB(`SELECT -i AS id, 'more ' || i AS text FROM range(60) rows(i)`));
  const options = { targetBatchBytes: 2 ** 24 };
  const first = reader.read(one, 0, options)[Symbol.asyncIterator]();
  await first.next();
  await reader.read(other, 0, options)[Symbol.asyncIterator]().next();
  await expect(first.next()).rejects.toThrow('at the same time in one thread');
});

test.each([true, false])(
  'texts that are none are refused, also where no row has them (dictionary: %s)',
  async (isDictionary) => {
    const texts = isDictionary ? `'speaker ' || (i % 4)` : `'speaker ' || i`;
    const source = await fromDuckDB(`SELECT ${texts} AS text FROM range(60) rows(i)`);
    const bytes = rewritten(source, (builder) => builder.setDictionaryEnabled(isDictionary).setCompression(0));
    expect((await read(bytes)).flat).toBe(1);
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('speaker 2');
    const broken = Uint8Array.from(bytes);
    broken[at + 3] = 0xff;
    await expect(read(broken)).rejects.toThrow(/Column text of row group 0 cannot be decoded/);
  },
);

test('damage is found as the codec finds it: the same rows, or none', async () => {
  const query = `SELECT i AS id, 'speaker ' || (i % 4) AS speaker, CASE WHEN i % 5 > 0 THEN 'text – ' || i END AS text, i / 7 AS score FROM range(50) rows(i)`;
  const source = await fromDuckDB(query);
  const sources = [
    source,
    await fromDuckDB(query, 'COMPRESSION uncompressed'),
    rewritten(source, (builder) =>
      builder.setDictionaryEnabled(true).setDictionaryPageSizeLimit(200).setDataPageSizeLimit(150).setWriteBatchSize(8),
    ),
  ];
  let [sound, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.nat(2),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(255),
      async (which, place, value) => {
        const bytes = Uint8Array.from(sources[which]!);
        const footer = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
        bytes[4 + Math.floor(place * (bytes.length - footer - 13))] = value;
        const rows = await read(bytes).then(
          (found) => found.rows,
          (error: unknown) => {
            expect(isBadContent(error)).toBe(true);
            return undefined;
          },
        );
        if (rows === undefined) refused++;
        else {
          sound++;
          expect(rows).toEqual(byCodec(bytes));
        }
      },
    ),
    { numRuns: 1500 },
  );
  expect(Math.min(sound, refused)).toBeGreaterThan(50);
}, 120_000);
