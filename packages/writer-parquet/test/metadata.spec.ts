import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CREATED_BY } from '../src/created-by.ts';
import { footerOf } from '../src/encoded-chunk.ts';
import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { batchOf, integers, structOf, texts } from './batches.ts';
import { readBatches, writeFile } from './write-file.ts';

const huggingface = JSON.stringify({
  info: { features: { audio: { _type: 'Audio' }, text: { dtype: 'string', _type: 'Value' } } },
});
const metadata = new Map([
  ['huggingface', huggingface],
  ['zebra', 'last'],
  ['alpha', 'schöne Grüße'],
]);
const batch = batchOf(
  { audio: structOf({ bytes: texts(3, () => 'x'), path: texts(3, () => 'y') }), number: integers(3, (index) => index) },
  metadata,
);

test('schema metadata stands in the Arrow schema and among the file’s key-value pairs', async () => {
  const { bytes } = await writeFile([batch]);
  expect(new Map(readBatches(bytes)[0]!.schema.metadata)).toEqual(metadata);
  const { keyValues } = footerOf(bytes);
  expect([...keyValues.keys()]).toEqual(['huggingface', 'zebra', 'alpha', 'ARROW:schema']);
  expect(keyValues.get('alpha')).toBe('schöne Grüße');
});

test('the name of the writer has a version and nothing else', () => {
  expect(CREATED_BY).toMatch(/^riffle version \d+\.\d+\.\d+$/);
});

test('DuckDB finds the pairs and the name of the writer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-writer-'));
  const duckdb = await openDuckDB();
  try {
    const path = join(folder, 'metadata.parquet');
    writeFileSync(path, (await writeFile([batch])).bytes);
    const pairs = await queryRows(
      duckdb,
      `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${sqlText(path)})`,
    );
    expect(pairs).toContainEqual({ key: 'huggingface', value: huggingface });
    expect(
      await queryRows(duckdb, `SELECT created_by, num_rows::INT AS rows FROM parquet_file_metadata(${sqlText(path)})`),
    ).toEqual([{ created_by: CREATED_BY, rows: 3 }]);
  } finally {
    duckdb.closeSync();
    rmSync(folder, { recursive: true });
  }
});

test('the order of keys does not depend on the process: the same schema gives the same bytes', async () => {
  const first = await writeFile([batch]);
  const again = batchOf(
    {
      audio: structOf({ bytes: texts(3, () => 'x'), path: texts(3, () => 'y') }),
      number: integers(3, (index) => index),
    },
    new Map(metadata),
  );
  expect((await writeFile([again])).bytes).toEqual(first.bytes);
});
