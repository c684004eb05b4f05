import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalRowsByDuckDB, describeReader, openDuckDB } from '@riffle/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import createReader from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-reader-conformance-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The suite once more on files in the formats that DuckDB can write, by name: a query and how to store it. */
const files: Readonly<Record<string, readonly [query: string, options: string]>> = {
  numbers: ['SELECT i AS id, i * 0.5 AS half, i % 3 = 0 AS third FROM range(100) rows(i)', 'COMPRESSION snappy'],
  'several row groups': [
    "SELECT i AS id, 'text ' || hash(i) AS text, CASE WHEN i % 7 = 0 THEN NULL ELSE 'label ' || i % 20 END AS label FROM range(20000) rows(i)",
    'COMPRESSION zstd, ROW_GROUP_SIZE 4096',
  ],
  nested: [
    `SELECT i AS id, CASE WHEN i % 5 = 0 THEN NULL ELSE [x * i FOR x IN range(i % 9)] END AS codes,
            {'bytes': encode(repeat(chr(65 + (i % 20)::INTEGER), (i % 90)::INTEGER)), 'path': i || '.wav'} AS audio,
            MAP {'a': [i, NULL], 'b': NULL} AS map FROM range(5000) rows(i)`,
    'COMPRESSION gzip, ROW_GROUP_SIZE 2048',
  ],
  'version 2': [
    'SELECT i AS id, [hash(i + k)::VARCHAR FOR k IN range(i % 4)] AS words FROM range(9000) rows(i)',
    "PARQUET_VERSION 'V2', COMPRESSION uncompressed",
  ],
  'no rows': ["SELECT i AS id, 'a' AS text FROM range(0) rows(i)", 'COMPRESSION snappy'],
};

describeReader(
  { describe, it, expect },
  {
    makeReader: () => createReader(),
    samples: async () => {
      const duckdb = await openDuckDB();
      const samples = [];
      for (const [name, [query, options]] of Object.entries(files)) {
        const path = join(folder, `${name}.parquet`);
        await duckdb.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ${options})`);
        samples.push({
          name,
          bytes: new Uint8Array(readFileSync(path)),
          rows: await canonicalRowsByDuckDB(duckdb, path),
        });
      }
      duckdb.closeSync();
      return samples;
    },
  },
);
