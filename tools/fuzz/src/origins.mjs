import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openDuckDB } from '@riffle/testkit';
import { hasCrcs, withPageCrcs } from './page-crc.mjs';
import { takeApart } from './parquet-parts.mjs';

/** Larger files of the corpus are left out: a mutant of a small one is as hostile, and more of them can be run. */
const LARGEST = 80_000;

/** Damaged or not readable by design; tested by name elsewhere. */
const notSound = /^(bad_data\/(?!ARROW-GH-43605)|data\/aes256\/)|corrupt|malformed/;

const narrow = `SELECT i AS id, 'label ' || i % 9 AS label, i * 0.25::DOUBLE AS score, (i % 7 = 0) AS flag FROM range(5000) rows(i)`;
const nested = `SELECT i AS id, [x * i FOR x IN range(i % 5)] AS codes, hash(i)::VARCHAR AS text,
  {'bytes': encode(repeat('x', (i % 30)::INTEGER)), 'path': i || '.wav'} AS audio, CASE WHEN i % 3 = 0 THEN NULL ELSE i::SMALLINT END AS gaps
  FROM range(400) rows(i)`;

/** Made by DuckDB, so that there are several row groups, both kinds of data pages, dictionaries and nesting. */
const made = [
  ['three row groups, dictionary, snappy', narrow, 'COMPRESSION snappy, ROW_GROUP_SIZE 2048'],
  ['three row groups, uncompressed', narrow, 'COMPRESSION uncompressed, ROW_GROUP_SIZE 2048'],
  ['nested, zstd', nested, 'COMPRESSION zstd'],
  ['nested, uncompressed, encodings of version 2', nested, "COMPRESSION uncompressed, PARQUET_VERSION 'V2'"],
  ['nested, gzip, encodings of version 2', nested, "COMPRESSION gzip, PARQUET_VERSION 'V2'"],
];

async function makeFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'riffle-fuzz-origins-'));
  const duckdb = await openDuckDB(1);
  try {
    const files = [];
    for (const [index, [name, query, options]] of made.entries()) {
      const path = join(folder, `${index}.parquet`);
      await duckdb.run(`COPY (${query}) TO '${path}' (FORMAT parquet, ${options})`);
      const bytes = new Uint8Array(readFileSync(path));
      files.push(
        { name: `made: ${name}`, bytes },
        { name: `made: ${name}, with page CRCs`, bytes: withPageCrcs(bytes) },
      );
    }
    return files;
  } finally {
    duckdb.closeSync();
    rmSync(folder, { recursive: true });
  }
}

function corpusFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.parquet'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => !notSound.test(name))
    .toSorted()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
    .filter(({ bytes }) => bytes.length <= LARGEST);
}

/**
 * Sound files to make mutants of, in a fixed order: `{ name, bytes, crc }`. `crc` says whether all pages have checksums.
 * @param corpus the folder parquet-testing; where it is absent, only made files are used.
 */
export async function loadOrigins(corpus) {
  const all = [...corpusFiles(corpus), ...(await makeFiles())];
  const origins = [];
  for (const file of all) {
    try {
      origins.push({ ...file, crc: hasCrcs(takeApart(file.bytes)) });
    } catch {
      // Its footer says something else of its pages than they are, though it can be read; edits would not be what they are called.
    }
  }
  return origins;
}

/** `wanted` of the origins, from first to last at even distances. */
export function spreadOver(origins, wanted) {
  const step = Math.max(1, origins.length - 1) / Math.max(1, wanted - 1);
  return Array.from({ length: Math.min(wanted, origins.length) }, (_, index) => origins[Math.round(index * step)]);
}
