import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryRows, sqlText, type openDuckDB } from '@riffle/testkit';
import { Float64, Int64, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow';
import { mdsOf } from './mds-shard.ts';
import type { Row } from './rows.ts';
import { tarOf } from './tar-archive.ts';

type DuckDB = Awaited<ReturnType<typeof openDuckDB>>;

/** By DuckDB: the file's name and how it is written. */
const byDuckDB = {
  parquet: ['data.parquet', 'FORMAT parquet'],
  jsonl: ['data.jsonl', 'FORMAT json'],
  'jsonl.gz': ['data.jsonl.gz', 'FORMAT json, COMPRESSION gzip'],
  'jsonl.zst': ['data.jsonl.zst', 'FORMAT json, COMPRESSION zstd'],
  csv: ['data.csv', 'FORMAT csv, HEADER'],
  'csv.gz': ['data.csv.gz', 'FORMAT csv, HEADER, COMPRESSION gzip'],
  tsv: ['data.tsv', "FORMAT csv, HEADER, DELIMITER '\t'"],
} as const;

const arrowTable = (rows: readonly Row[]) =>
  new Table({
    id: vectorFromArray(
      rows.map(({ id }) => BigInt(id)),
      new Int64(),
    ),
    score: vectorFromArray(
      rows.map(({ score }) => score),
      new Float64(),
    ),
    text: vectorFromArray(
      rows.map(({ text }) => text),
      new Utf8(),
    ),
  });

/** A sample for each row. Null is no member. */
const samples = (rows: readonly Row[]) =>
  tarOf(
    rows.flatMap(({ id, score, text }) => {
      const members = { id: String(id), score: String(score), ...(text === null ? {} : { text }) };
      return Object.entries(members).map(([ending, value]) => [`${id}.${ending}`, Buffer.from(value)] as const);
    }),
  );

/** The files of what Hugging Face `datasets` saves. */
const saved = (rows: readonly Row[]) => ({
  'data-00000-of-00001.arrow': tableToIPC(arrowTable(rows), 'stream'),
  'state.json': Buffer.from(JSON.stringify({ _data_files: [{ filename: 'data-00000-of-00001.arrow' }] })),
  'dataset_info.json': Buffer.from('{}'),
});

/** By other means: the files by name. */
const byHand = {
  'arrow stream': (rows: readonly Row[]) => ({ 'data.arrows': tableToIPC(arrowTable(rows), 'stream') }),
  'arrow file': (rows: readonly Row[]) => ({ 'data.arrow': tableToIPC(arrowTable(rows), 'file') }),
  save_to_disk: saved,
  webdataset: (rows: readonly Row[]) => ({ 'data.tar': samples(rows) }),
  mds: (rows: readonly Row[]) => ({ 'shard.00000.mds': mdsOf(rows), 'index.json': Buffer.from('{"shards":[]}') }),
} satisfies Record<string, (rows: readonly Row[]) => Readonly<Record<string, Uint8Array>>>;

export type InputFormat = keyof typeof byDuckDB | keyof typeof byHand;

const isByDuckDB = (format: InputFormat): format is keyof typeof byDuckDB => Object.hasOwn(byDuckDB, format);

/** Writes rows into a folder, as programs other than Riffle do. */
export async function writeInputShard(
  duckdb: DuckDB,
  folder: string,
  format: InputFormat,
  rows: readonly Row[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  if (!isByDuckDB(format)) {
    for (const [name, bytes] of Object.entries(byHand[format](rows))) writeFileSync(join(folder, name), bytes);
    return;
  }
  const [name, options] = byDuckDB[format];
  const values = rows.map(
    ({ id, score, text }) => `(${id}::BIGINT, ${score}::DOUBLE, ${text === null ? 'NULL' : sqlText(text)}::VARCHAR)`,
  );
  const table = `(SELECT * FROM (VALUES ${values.join(', ')}) rows(id, score, text))`;
  await queryRows(duckdb, `COPY ${table} TO ${sqlText(join(folder, name))} (${options})`);
}
