import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSurvey } from '@riffle/core';
import { arrowBytes, schemaFromBytes } from '@riffle/columnar';
import { handmadeFile, makeBatch, memoryFile, openDuckDB } from '@riffle/testkit';
import { Binary, Field, Int32, List, Schema, Utf8 } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet } from './write-parquet.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-survey-'));
const reader = createParquetReader();
let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => {
  duckdb.closeSync();
  rmSync(folder, { recursive: true });
});

async function byDuckDB(query: string, options = ''): Promise<Uint8Array> {
  const path = join(folder, `${Math.random()}.parquet`);
  await duckdb.run(`COPY (${query}) TO '${path}' (FORMAT parquet${options})`);
  return new Uint8Array(readFileSync(path));
}

const surveyOf = (bytes: Uint8Array): Promise<FileSurvey> => reader.survey(memoryFile('file', bytes));

describe('cost', () => {
  test('a small footer takes one read of the tail and one of the head, whatever the data', async () => {
    const file = memoryFile('file', await byDuckDB('SELECT hash(i) AS a, hash(i, 1) AS b FROM range(500000) rows(i)'));
    expect(file.size).toBeGreaterThan(7e6);
    await reader.survey(file);
    expect(file.reads.map(({ length }) => length)).toEqual([64 * 1024, 512]);
    await reader.survey(file);
    expect(file.reads).toHaveLength(2);
  });

  test('a large footer takes one read more, of its size', async () => {
    const columns = Array.from({ length: 400 }, (_, index) => `i + ${index} AS column_${index}`).join(', ');
    const file = memoryFile(
      'file',
      await byDuckDB(`SELECT ${columns} FROM range(9000) rows(i)`, ', ROW_GROUP_SIZE 2048'),
    );
    const { fragments, columns: found } = await reader.survey(file);
    expect([fragments.length, found.length]).toEqual([5, 400]);
    const lengths = file.reads.map(({ length }) => length);
    expect(lengths).toHaveLength(3);
    expect(lengths[2]).toBeLessThan(400_000);
  });
});

describe('what it says', () => {
  test('rows, fragments, columns and how they are stored', async () => {
    const survey = await surveyOf(
      await byDuckDB(
        "SELECT i::INTEGER AS id, {'bytes': encode(repeat('x', 50) || i), 'path': 'same'} AS audio FROM range(5000) rows(i)",
        ', ROW_GROUP_SIZE 2048, COMPRESSION zstd',
      ),
    );
    expect(survey.rows).toBe(5000);
    expect(survey.fragments.map(({ rows }) => rows)).toEqual([2048, 2048, 904]);
    expect(survey.columns.map(({ path, codec }) => [path.join('.'), codec])).toEqual([
      ['id', 'ZSTD'],
      ['audio.bytes', 'ZSTD'],
      ['audio.path', 'ZSTD'],
    ]);
    expect(survey.columns[2]!.encodings).toContain('PLAIN_DICTIONARY');
    expect(survey.columns.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(
      survey.fragments.reduce((sum, { bytes }) => sum + bytes, 0),
    );
    expect(String(schemaFromBytes(survey.schema))).toBe(
      'Schema<{ 0: id: Int32, 1: audio: Struct<{bytes:Binary, path:Utf8}> }>',
    );
    expect(survey.warnings).toEqual([]);
  });

  test('the schema keeps the metadata of the file and of the Arrow schema, in the order of keys', async () => {
    const schema = new Schema(
      [new Field('id', new Int32(), false, new Map([['unit', 'm']]))],
      new Map([
        ['zebra', '1'],
        ['huggingface', '{"info":{}}'],
      ]),
    );
    const found = schemaFromBytes(
      (await surveyOf(writeParquet(makeBatch(schema, { rows: 3, seed: 1, nullShare: 0 })))).schema,
    );
    expect([...found.metadata]).toEqual([
      ['huggingface', '{"info":{}}'],
      ['zebra', '1'],
    ]);
    expect([...found.fields[0]!.metadata]).toEqual([['unit', 'm']]);
    expect(found.fields[0]!.nullable).toBe(false);
  });

  test('a file without rows has a schema and nothing to read', async () => {
    const survey = await surveyOf(await byDuckDB("SELECT 1 AS id, 'a' AS text LIMIT 0"));
    expect([survey.rows, survey.fragments.reduce((sum, { rows }) => sum + rows, 0)]).toEqual([0, 0]);
    expect(schemaFromBytes(survey.schema).names).toEqual(['id', 'text']);
  });
});

describe('the estimate of decoded bytes', () => {
  const fields: Readonly<Record<string, Field>> = {
    int32: new Field('value', new Int32(), true),
    binary: new Field('value', new Binary(), true),
    text: new Field('value', new Utf8(), true),
    list: new Field('value', new List(new Field('item', new Int32(), true)), true),
    'list of text': new Field('value', new List(new Field('item', new Utf8(), true)), true),
  };
  test.each(Object.entries(fields))('of plain %s is not below the truth, nor far above', async (_, field) => {
    const batch = makeBatch(new Schema([field]), { rows: 5000, seed: 1, nullShare: 0.1 });
    const { fragments } = await surveyOf(writeParquet(batch, (builder) => builder.setDictionaryEnabled(false)));
    const estimate = fragments[0]!.decodedBytes!;
    const truth = arrowBytes(batch);
    expect(estimate).toBeGreaterThan(truth * 0.99);
    expect(estimate).toBeLessThan(truth * 2.5);
  });

  test('is missing where a dictionary expands by who knows how much', async () => {
    const { fragments } = await surveyOf(
      await byDuckDB("SELECT repeat('long text ', 100) || i % 3 AS value FROM range(10000) rows(i)"),
    );
    expect(fragments[0]!.decodedBytes).toBeUndefined();
  });
});

describe('labels', () => {
  /** By path, what every field that has one is labelled. */
  function labels(fields: readonly Field[], above = ''): Record<string, string> {
    return Object.assign(
      {},
      ...fields.map((field) => ({
        ...(field.metadata.has('PARQUET:logical_type')
          ? { [above + field.name]: field.metadata.get('PARQUET:logical_type') }
          : {}),
        ...labels((field.type.children ?? []) as Field[], `${above}${field.name}.`),
      })),
    ) as Record<string, string>;
  }
  async function labelsOf(bytes: Uint8Array) {
    const { schema, warnings } = await surveyOf(bytes);
    return { labels: labels(schemaFromBytes(schema).fields), warnings };
  }

  test('of leaves at any depth stand in the metadata of fields', async () => {
    const bytes = await byDuckDB(
      "SELECT uuid() AS id, '{}'::JSON AS notes, [uuid()] AS ids, {'a': 1, 'b': uuid()} AS pair, MAP {'k': uuid()} AS map, TIME '12:00:00' AS at, '12:00:00+02'::TIMETZ AS utc, 1 AS number",
    );
    expect(await labelsOf(bytes)).toEqual({
      labels: {
        id: 'UUID',
        notes: 'JSON',
        'ids.element': 'UUID',
        'pair.b': 'UUID',
        'map.entries.value': 'UUID',
        utc: 'TIME(isAdjustedToUTC=true)',
      },
      warnings: [],
    });
  });

  const text = { rows: 1, page: Uint8Array.of(1, 0, 0, 0, 65), physicalType: 6 };
  test.each([
    ['ENUM', 'converted', { ...text, convertedType: 4 }],
    ['ENUM', 'logical', { ...text, logicalType: 4 }],
    ['JSON', 'converted', { ...text, convertedType: 19 }],
    ['BSON', 'converted', { ...text, convertedType: 20 }],
    ['BSON', 'logical', { ...text, logicalType: 13 }],
    [
      'INTERVAL',
      'converted',
      { rows: 1, page: new Uint8Array(12), physicalType: 7, typeLength: 12, convertedType: 21 },
    ],
    ['UUID', 'logical', { rows: 1, page: new Uint8Array(16), physicalType: 7, typeLength: 16, logicalType: 14 }],
  ])('%s as a %s type', async (label, _, file) => {
    expect(await labelsOf(handmadeFile(file))).toEqual({ labels: { value: label }, warnings: [] });
  });

  test.each([
    ['GEOMETRY', { logicalType: 17 }],
    ['GEOGRAPHY', { logicalType: 18 }],
  ])('%s is lost, with a warning that names the column', async (label, type) => {
    expect(await labelsOf(handmadeFile({ ...text, ...type }))).toEqual({
      labels: {},
      warnings: [`Column value loses its label ${label}; its values are kept as they are stored.`],
    });
  });

  test('that a file’s own Arrow schema claims do not count', async () => {
    const schema = new Schema([new Field('id', new Utf8(), false, new Map([['PARQUET:logical_type', 'UUID']]))]);
    const bytes = writeParquet(makeBatch(schema, { rows: 3, seed: 1, nullShare: 0 }));
    expect(await labelsOf(bytes)).toEqual({ labels: {}, warnings: [] });
  });
});
