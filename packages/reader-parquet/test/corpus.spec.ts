import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBadContent } from '@riffle/core';
import { schemaFromBytes } from '@riffle/columnar';
import { loadParquetWasm } from '@riffle/codec-parquet';
import { memoryFile, openDuckDB, queryRows, rowsOf, sqlText, type CanonicalRow } from '@riffle/testkit';
import { tableFromIPC, Table, tableToIPC, type RecordBatch } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { corpusFiles, type CorpusFile } from './corpus.ts';

/** The recipe's defaults. */
const limits = { decodedBytes: 2 ** 30, ratio: 10_000 };

/** What must be refused, and the sentence that says why. */
const refused: Readonly<Record<string, RegExp>> = {
  'bad_data/ARROW-GH-41317.parquet':
    /Column timestamp_us_no_tz of row group 0: Its counts disagree: the pages hold 0 values/,
  'bad_data/ARROW-GH-41321.parquet':
    /Column large_binary of row group 0: A page header is damaged: no sound one at byte 4561/,
  'bad_data/ARROW-GH-45185.parquet': /Column x.list.element of row group 0 cannot be decoded: first repetition level/,
  'bad_data/ARROW-GH-47662.parquet': /Column flba_field of row group 0 cannot be decoded: insufficient values/,
  'bad_data/ARROW-RS-GH-6229-DICTHEADER.parquet': /footer is damaged: bytes 129 to 451 of column name/,
  'bad_data/ARROW-RS-GH-6229-LEVELS.parquet': /the pages hold 21 values, the footer declares 1/,
  'bad_data/PARQUET-1481.parquet': /physical type of number -7/,
  'data/datapage_v1-corrupt-checksum.parquet': /Column a of row group 0: A page CRC mismatch/,
  'data/rle-dict-uncompressed-corrupt-checksum.parquet': /Column long_field of row group 0: A page CRC mismatch/,
  // Two strings of 1 GiB each: within the format, but beyond the limits of a recipe's defaults.
  'data/large_string_map.brotli.parquet': /A decompression bomb/,
  // Holds the year 9999, for which the codec's 64 bits of nanoseconds are too few.
  'data/int96_from_spark.parquet':
    /Column a of row group 0 holds 9999-12-31T\S+ in row \d, a timestamp outside 1677-09-21/,
  // parquet-mr before 1.2.9 left the dictionary page's header out of the chunk's size.
  'data/nation.dict-malformed.parquet': /Column name of row group 0: A page is damaged: it ends at byte 337/,
  // The footer's total says 0 rows, its row group 6.
  'data/repeated_no_annotation.parquet': /counts disagree: the footer declares 0 rows, its row groups 6/,
};

/** What DuckDB cannot be asked about; its counts are compared where it gives them, or another file has the same rows. */
const beyondDuckDB: Readonly<Record<string, { readonly why: string; readonly sameAs?: string }>> = {
  'data/byte_stream_split_extended.gzip.parquet': { why: 'refuses BYTE_STREAM_SPLIT of other types than floats' },
  'data/hadoop_lz4_compressed.parquet': { why: 'refuses Hadoop LZ4', sameAs: 'data/lz4_raw_compressed.parquet' },
  'data/non_hadoop_lz4_compressed.parquet': { why: 'refuses LZ4', sameAs: 'data/lz4_raw_compressed.parquet' },
  'data/hadoop_lz4_compressed_larger.parquet': {
    why: 'refuses Hadoop LZ4',
    sameAs: 'data/lz4_raw_compressed_larger.parquet',
  },
  'data/map_no_value.parquet': { why: 'refuses a map without values' },
};

const strip = (name: string): string => name.replace(/^parquet-testing\//, '');
const encrypted = corpusFiles(/\.encrypted$/);
const plain = encrypted.length === 0 ? [] : corpusFiles(/\.parquet$/);
const reader = createParquetReader();

async function readAll({ location }: CorpusFile, targetBatchBytes: number): Promise<RecordBatch[]> {
  const file = memoryFile(location, readFileSync(location));
  const survey = await reader.survey(file);
  const schema = schemaFromBytes(survey.schema);
  const copies: RecordBatch[] = [];
  let rows = 0;
  for (const fragment of survey.fragments.keys()) {
    for await (const batch of reader.read(file, fragment, { targetBatchBytes, limits })) {
      expect(String(batch.schema)).toBe(String(schema));
      rows += batch.numRows;
      copies.push(...tableFromIPC(tableToIPC(new Table(batch.schema, [batch]))).batches);
    }
  }
  expect(rows).toBe(survey.rows);
  return copies;
}

describe.skipIf(plain.length === 0)('real files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(encrypted.map((file) => [file.name, file] as const))(
    '%s is refused as encrypted',
    async (_, { location }) => {
      const error: unknown = await reader
        .survey(memoryFile(location, readFileSync(location)))
        .catch((thrown: unknown) => thrown);
      expect(isBadContent(error)).toBe(true);
      expect(String(error)).toMatch(/encrypted/);
    },
  );

  test.each(plain.filter(({ name }) => strip(name) in refused).map((file) => [file.name, file] as const))(
    '%s is refused, with its reason',
    async (_, file) => {
      const error: unknown = await readAll(file, 8 * 2 ** 20).catch((thrown: unknown) => thrown);
      expect([isBadContent(error), String(error)]).toEqual([true, String(error)]);
      expect(String(error)).toMatch(refused[strip(file.name)]!);
      expect((error as { details: object }).details).not.toHaveProperty('trap');
    },
  );

  test('every file that is refused is there', () => {
    expect(Object.keys(refused).filter((name) => !plain.some((file) => strip(file.name) === name))).toEqual([]);
  });

  describe('gives the rows that DuckDB gives, in order', () => {
    let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
    beforeAll(async () => {
      duckdb = await openDuckDB();
    });
    afterAll(() => duckdb.closeSync());

    const readable = plain.filter(({ name }) => !(strip(name) in refused) && !(strip(name) in beyondDuckDB));
    test.each(readable.map((file) => [file.name, file] as const))('%s', async (name, file) => {
      const targets = name.startsWith('covid19') ? [8 * 2 ** 20, 2 ** 19] : [8 * 2 ** 20, 4000];
      for (const target of targets) {
        const batches = await readAll(file, target);
        const { glue } = loadParquetWasm();
        const copy = join(folder, `${Math.random()}.parquet`);
        const ours = `read_parquet(${sqlText(copy)}, file_row_number = true)`;
        const theirs = `read_parquet(${sqlText(file.location)}, file_row_number = true)`;
        const [count] = await queryRows(duckdb, `SELECT count(*)::INTEGER AS rows FROM ${theirs}`);
        expect(batches.reduce((sum, batch) => sum + batch.numRows, 0)).toBe(count!['rows']);
        if (batches.length === 0) continue;
        writeFileSync(copy, glue.writeParquet(glue.Table.fromIPCStream(tableToIPC(new Table(batches), 'stream'))));
        // DuckDB cannot cast what it reads from the copy as bytes to a geometry.
        const types = await queryRows(duckdb, `DESCRIBE SELECT * FROM ${theirs}`);
        const geometries = types
          .filter((column) => String(column['column_type']).startsWith('GEOMETRY'))
          .map((column) => String(column['column_name']));
        const wanted =
          geometries.length === 0
            ? '*'
            : `* REPLACE (${geometries.map((column) => `ST_AsWKB("${column}") AS "${column}"`).join(', ')})`;
        const [difference] = await queryRows(
          duckdb,
          `SELECT (SELECT count(*) FROM (SELECT ${wanted} FROM ${theirs} EXCEPT ALL SELECT * FROM ${ours}))::INTEGER AS missing,
                  (SELECT count(*) FROM (SELECT * FROM ${ours} EXCEPT ALL SELECT ${wanted} FROM ${theirs}))::INTEGER AS surplus`,
        );
        expect(difference).toEqual({ missing: 0, surplus: 0 });
      }
    });
  });

  const rowsIn = async (name: string): Promise<CanonicalRow[]> =>
    (
      await readAll(
        plain.find((file) => strip(file.name) === name)!,
        4000,
      )
    ).flatMap((batch) => rowsOf(batch));
  test.each(Object.entries(beyondDuckDB))('%s, which DuckDB cannot read', async (name, { sameAs }) => {
    const rows = await rowsIn(name);
    expect(rows.length).toBeGreaterThan(0);
    if (sameAs !== undefined) expect(rows).toEqual(await rowsIn(sameAs));
  });

  test('BYTE_STREAM_SPLIT columns hold what their plain twins hold', async () => {
    const rows = await rowsIn('data/byte_stream_split_extended.gzip.parquet');
    const twins = Object.keys(rows[0]!).filter((column) => column.endsWith('_plain'));
    expect(twins.length).toBeGreaterThan(6);
    for (const column of twins) {
      const split = column.replace('_plain', '_byte_stream_split');
      expect(rows.map((row) => row[split])).toEqual(rows.map((row) => row[column]));
    }
  });
});

const withCoordinates = corpusFiles(/geospatial\/crs-(srid|default|arbitrary-value)\.parquet$/);
test.runIf(withCoordinates.length > 0)('lost geometries are told with their coordinate reference system', async () => {
  const warnings = await Promise.all(
    withCoordinates.map(
      async ({ location }) => (await reader.survey(memoryFile(location, readFileSync(location)))).warnings,
    ),
  );
  expect(warnings.flat().toSorted()).toEqual([
    expect.stringContaining('Column geometry loses its label GEOMETRY(crs=srid:5070); its values are kept'),
    expect.stringMatching(/^Column geometry loses its label GEOMETRY\(crs=\{"\$schema":.+…\); its values/),
    expect.stringContaining('Column geometry loses its label GEOMETRY; its values are kept'),
  ]);
});
