import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HUGGINGFACE_METADATA } from '../src/features.mjs';
import { ROWS_PER_ROW_GROUP } from '../src/parquet.mjs';
import { makeSample } from '../src/sample.mjs';
import { decodeWav } from '../src/wav.mjs';
import { SMALL_COLLECTIONS as collections } from './small-collections.mjs';

// The files are judged by a reader that shares no code with their writer.

const out = mkdtempSync(join(tmpdir(), 'riffle-sample-'));
const whole = join(out, 'orders/.dset/orders/*/data.parquet');
const truncated = join(out, 'radio/.dset/radio/00000/data.parquet');

/** @type {(sql: string, path: string) => Promise<Record<string, any>[]>} */
let query;

beforeAll(async () => {
  await makeSample({ out, collections });
  const connection = await (await DuckDBInstance.create()).connect();
  query = async (sql, path) => (await connection.runAndReadAll(sql, [path])).getRowObjectsJS();
});
afterAll(() => rmSync(out, { recursive: true }));

test('rows, columns and row groups are as planned', async () => {
  expect(await query('SELECT count(*)::INT AS rows FROM read_parquet($1)', whole)).toEqual([{ rows: 21 }]);
  const columns = await query('DESCRIBE FROM read_parquet($1)', whole);
  expect(columns.map(({ column_name, column_type }) => `${column_name} ${column_type}`)).toEqual([
    'audio STRUCT(bytes BLOB, path VARCHAR)',
    'text VARCHAR',
    'speaker VARCHAR',
    'duration DOUBLE',
    'codes INTEGER[]',
  ]);
  const groups = await query(
    'SELECT DISTINCT row_group_num_rows::INT AS rows FROM parquet_metadata($1) ORDER BY rows DESC',
    whole,
  );
  expect(groups).toEqual([{ rows: ROWS_PER_ROW_GROUP }, { rows: 4 }, { rows: 1 }]);
});

test('the features of Hugging Face are where DuckDB and where pyarrow look for them', async () => {
  const pairs = await query('SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata($1)', whole);
  const features = String(HUGGINGFACE_METADATA.get('huggingface'));
  /** @param {string} wanted */
  const valuesOf = (wanted) => pairs.filter(({ key }) => key === wanted).map(({ value }) => value);
  expect(valuesOf('huggingface')).toEqual([features, features]);
  const schemas = valuesOf('ARROW:schema').map((schema) => Buffer.from(schema, 'base64'));
  expect(schemas.map((schema) => schema.includes(features))).toEqual([true, true]);
});

test('each row is a whole recording that agrees with its other columns', async () => {
  const rows = await query('SELECT * FROM read_parquet($1)', whole);
  expect(rows).toHaveLength(21);
  for (const { audio, text, speaker, duration, codes } of rows) {
    const { samplingRate, samples } = decodeWav(audio.bytes);
    expect(duration).toBe(samples.length / samplingRate);
    expect(codes).toHaveLength(Math.floor(duration * 50 + 1e-9));
    expect(audio.path).toMatch(/^orders_0000[02]_\d{4}\.wav$/);
    expect(text).toMatch(/\.$/);
    expect(['kal16', 'slt']).toContain(speaker);
  }
});

test('no value is null', async () => {
  const [counts] = await query(
    `SELECT count(audio.bytes)::INT + count(audio.path)::INT + count(text)::INT + count(speaker)::INT
       + count(duration)::INT + count(codes)::INT + sum(len(list_filter(codes, code -> code IS NULL)))::INT AS found
     FROM read_parquet($1)`,
    whole,
  );
  expect(counts).toEqual({ found: 21 * 6 });
});

test('the truncated file cannot be read', async () => {
  await expect(query('SELECT count(*) FROM read_parquet($1)', truncated)).rejects.toThrow('magic bytes');
});
