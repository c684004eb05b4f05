import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { isBadContent } from '@riffle/core';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB, rowsOf, sqlText, type CanonicalRow } from '@riffle/testkit';
import {
  Binary,
  Field,
  LargeUtf8,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromIPC,
  Utf8,
  vectorFromArray,
  type Data,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet, type WriterSettings } from './write-parquet.ts';

/** Texts that are decoded past the codec are compared with what the codec gives. */
const reader = createParquetReader();
const folder = mkdtempSync(join(tmpdir(), 'riffle-texts-'));
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

const WHOLE = 256 * 2 ** 20;

const leavesOf = (data: Data): Data[] =>
  data.children.length === 0 ? [data] : data.children.flatMap((child) => leavesOf(child));

/** The rows, and how many leaves of the last batch do not lie in the codec's memory. */
async function read(bytes: Uint8Array, targetBatchBytes: number) {
  const file = memoryFile('file', bytes);
  const { fragments } = await reader.survey(file);
  const rows: CanonicalRow[] = [];
  let direct = 0;
  for (const fragment of fragments.keys())
    for await (const batch of reader.read(file, fragment, { targetBatchBytes })) {
      rows.push(...rowsOf(batch));
      const memory = loadParquetWasm().exports.memory.buffer;
      direct = leavesOf(batch.data).filter(({ values }) => values?.buffer !== memory).length;
    }
  return { rows, direct };
}

function byCodec(bytes: Uint8Array): readonly CanonicalRow[] {
  const { glue } = loadParquetWasm();
  return tableFromIPC(glue.readParquet(bytes).intoIPCStream()).batches.flatMap((batch) => rowsOf(batch));
}

async function fromDuckDB(query: string, options = 'COMPRESSION snappy'): Promise<Uint8Array> {
  const path = join(folder, `${Math.random()}.parquet`);
  await duckdb.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet, ROW_GROUP_SIZE 100000, ${options})`);
  return readFileSync(path);
}

const words = `['the ', 'Straße ', 'quick ', '語', 'and ', 'ing ', '😀', 'of ']`;
const prose = `array_to_string(list_transform(range(200 + (hash(i) % 400)::INTEGER), lambda k: ${words}[1 + (hash(i, k) % 8)::INTEGER]), '') || i`;

/** Rows of one column as parquet-wasm writes them: plain, with Snappy. */
function plainFile(field: Field, data: Data, settings: WriterSettings = (builder) => builder): Uint8Array {
  const batch = new RecordBatch(
    new Schema([field]),
    makeData({ type: new Struct([field]), length: data.length, nullCount: 0, children: [data] }),
  );
  return writeParquet(batch, (builder) => settings(builder.setDictionaryEnabled(false).setCompression(1)));
}

function fileOf(type: Utf8 | LargeUtf8 | Binary, values: readonly (string | null)[], settings?: WriterSettings) {
  const given = type instanceof Binary ? values.map((value) => value && Buffer.from(value)) : values;
  return plainFile(new Field('text', type, true), vectorFromArray(given as unknown[], type).data[0]!, settings);
}

/** Texts of 300 to 900 characters, some of several bytes. */
const texts = (rows: number): string[] =>
  Array.from({ length: rows }, (_, row) => `Zeile ${row}: ${`größer 語 ${row * 7919} `.repeat(20 + (row % 40))}`);

describe.each([
  ['UTF-8', new Utf8()],
  ['UTF-8 with offsets of 8 bytes', new LargeUtf8()],
  ['bytes that compress', new Binary()],
])('%s', (_, type) => {
  test.each<[string, WriterSettings]>([
    ['one page', (builder) => builder],
    ['many pages', (builder) => builder.setDataPageSizeLimit(9000).setWriteBatchSize(16)],
    ['uncompressed', (builder) => builder.setCompression(0)],
  ])('is decoded past the codec, %s', async (__, settings) => {
    const file = fileOf(type, texts(700), settings);
    for (const target of [WHOLE, 100_000, 20_000]) {
      const { rows, direct } = await read(file, target);
      expect(direct).toBe(1);
      expect(rows).toEqual(byCodec(file));
    }
  });
});

test.each([
  prose,
  `CASE WHEN i % 9 = 0 THEN '' ELSE ${prose} END`,
  `CASE WHEN i % 50 = 0 THEN NULL ELSE ${prose} END`,
  `CASE WHEN i = 580 THEN NULL ELSE ${prose} END`,
  `{'text': ${prose}, 'language': 'de'}`,
  `CASE WHEN i % 9 = 0 THEN NULL ELSE {'text': ${prose}} END`,
  `[${prose}]`,
  `repeat('all the same ', 100)`,
])('by DuckDB, whatever is around: %s', async (text) => {
  const query = `SELECT i AS id, ${text} AS text, i % 3 AS label FROM range(600) rows(i)`;
  for (const options of ['COMPRESSION snappy', 'COMPRESSION uncompressed', 'COMPRESSION zstd']) {
    const bytes = await fromDuckDB(query, options);
    for (const target of [WHOLE, 100_000, 30_000]) expect((await read(bytes, target)).rows).toEqual(byCodec(bytes));
  }
});

test('texts of DuckDB are decoded past the codec, with nulls they are left to it', async () => {
  const query = (text: string) => `SELECT i AS id, ${text} AS text FROM range(600) rows(i)`;
  const sound = await fromDuckDB(query(prose));
  const mixed = await fromDuckDB(query(`CASE WHEN i % 50 = 0 THEN NULL ELSE ${prose} END`));
  for (const target of [WHOLE, 100_000]) {
    expect((await read(sound, target)).direct).toBe(1);
    expect((await read(mixed, target)).direct).toBe(0);
  }
});

test('text that is not UTF-8 is refused as it is without, in the same words', async () => {
  const sound = fileOf(new Utf8(), ['ä'.repeat(300), 'b'.repeat(300)], (builder) => builder.setCompression(0));
  const place = Buffer.from(sound).indexOf(Buffer.from('ä'.repeat(300)));
  expect(place).toBeGreaterThan(0);
  const outcome = (bytes: Uint8Array, target: number) =>
    read(bytes, target).then(
      () => 'rows',
      (error: unknown) => (isBadContent(error) ? (error as Error).message : `not refused: ${String(error)}`),
    );
  // A byte that no text has, and a value that begins and ends within a character.
  const wrong = Uint8Array.from(sound);
  wrong[place + 10] = 0xff;
  const cut = Uint8Array.from(sound);
  cut.set(Buffer.from('ä'.repeat(300)).subarray(1), place);
  for (const bytes of [wrong, cut]) {
    const message = await outcome(bytes, WHOLE);
    expect(message).toMatch(/UTF-?8/i);
    expect(await outcome(bytes, 700)).toBe(message);
  }
});

test('damage is found as it is without: the same rows, or none', async () => {
  const sources = [
    fileOf(new Utf8(), texts(60)),
    fileOf(new Utf8(), texts(60), (builder) => builder.setDataPageSizeLimit(3000).setWriteBatchSize(4)),
    fileOf(new Binary(), texts(40)),
    fileOf(new Utf8(), texts(40), (builder) => builder.setCompression(0)),
  ];
  const outcome = (bytes: Uint8Array, target: number) =>
    read(bytes, target).then(
      ({ rows }) => textOf(rows),
      (error: unknown) => (isBadContent(error) ? 'refused' : String(error)),
    );
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(sources.length - 1), fc.nat(2 ** 30 - 1), fc.nat(255), async (which, place, value) => {
      const bytes = Uint8Array.from(sources[which]!);
      // Of the footer the reader makes one of its own, which may lack what the codec stumbles over.
      const footerBytes = new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
      bytes[place % (bytes.length - 8 - footerBytes)] = value;
      const whole = await outcome(bytes, WHOLE);
      expect(await outcome(bytes, 9000)).toEqual(whole);
      if (whole === 'refused') return;
      kept++;
      expect(textOf(byCodec(bytes))).toEqual(whole);
    }),
    { numRuns: 300 },
  );
  expect(kept).toBeGreaterThan(10);
}, 120_000);

function textOf(rows: readonly CanonicalRow[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
