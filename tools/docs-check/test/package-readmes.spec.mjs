import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeBlocks, readPage } from '../src/pages.mjs';
import { runExample } from '../src/run-example.mjs';

const RIFFLE = fileURLToPath(new URL('../../../packages/cli/bin/riffle.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'riffle-readmes-'));

/** A small file of each format, written by Riffle itself but for CSV. */
const formats = { parquet: 'zstd', arrow: 'none', jsonl: 'none', webdataset: 'none', mds: 'none' };
beforeAll(async () => {
  const duckdb = await openDuckDB();
  mkdirSync(join(folder, 'in'));
  const rows = "SELECT range::INTEGER AS id, 'text ' || range AS text FROM range(6)";
  await queryRows(duckdb, `COPY (${rows}) TO ${sqlText(join(folder, 'in/a.parquet'))} (FORMAT parquet)`);
  await queryRows(duckdb, `COPY (${rows}) TO ${sqlText(join(folder, 'speech.csv'))} (FORMAT csv, HEADER)`);
  duckdb.closeSync();
  for (const [writer, compression] of Object.entries(formats)) {
    const words = ['--input', `in=${join(folder, 'in')}`, '--output', join(folder, writer), '--shards', '1'];
    await promisify(execFile)(process.execPath, [
      RIFFLE,
      'run',
      ...words,
      '--writer',
      writer,
      '--compression',
      compression,
    ]);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (writer, ending) => join(folder, writer, `00000.${ending}`);

it.each([
  ['core', '256 1000000000\ntrue 1\n'],
  ['columnar', /^Int32Array\(3\) \[ 3, 2, 1 \]\ntrue\n$/],
  ['shuffler', '9 1\n[ 4, 3, 3 ] 2\n'],
  ['certificate', 'not-shuffled true\n'],
  ['layout-pattern', 'data/train-00003-of-00256\n'],
  ['treaty', 'int64 int32 to int64\n'],
  ['codec-mds', /^\S+ \S+\n\S+/],
  ['codec-text', /9007199254740993n/],
  ['codec-webdataset', /^512 324 \{/],
  ['codec-parquet', '6\n', { 'speech.parquet': () => written('parquet', 'parquet') }],
  [
    'reader-parquet',
    /^6 rows in 1 row groups \[\]\n6 \[ 'id', 'text' \]\n$/,
    { 'speech.parquet': () => written('parquet', 'parquet') },
  ],
  [
    'reader-arrow',
    /^6 rows in 1 fragments\n6 \[ 'id', 'text' \]\n$/,
    { 'speech.arrow': () => written('arrow', 'arrow') },
  ],
  ['reader-csv', /^6 rows\n6 Schema/, { 'speech.csv': () => join(folder, 'speech.csv') }],
  [
    'reader-jsonl',
    /^6 rows in 1 fragments\n6 \[ 'id', 'text' \]\n$/,
    { 'speech.jsonl': () => written('jsonl', 'jsonl') },
  ],
  ['reader-mds', /^6 rows in 1 fragments\n6 \[ 'id', 'text' \]\n$/, { 'shard.00000.mds': () => written('mds', 'mds') }],
  ['reader-webdataset', /^6 rows in 1 fragments\n6 \[/, { 'speech.tar': () => written('webdataset', 'tar') }],
  ['storage-file', /file a\.parquet \d+/, { 'data/tts': () => join(folder, 'in') }],
  ['writer-parquet', '{ rows: 3 } PAR1\n'],
  ['writer-arrow', '{ rows: 3 } 3\n'],
  ['writer-jsonl', /^\{ rows: 2 \}\n\{"id":1/],
  ['writer-mds', /^index\.json \[/],
  ['writer-webdataset', /^\{ rows: 2 \} \d+\n$/],
])('the example of packages/%s/README.md prints what it says', async (name, expected, files = {}) => {
  const replacements = Object.fromEntries(Object.entries(files).map(([file, place]) => [file, place()]));
  const stdout = await runExample(codeBlocks(readPage(`packages/${name}/README.md`), 'js')[0], replacements);
  if (typeof expected === 'string') expect(stdout).toBe(expected);
  else expect(stdout).toMatch(expected);
});
