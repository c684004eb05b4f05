import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@riffle/core';
import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './fake-host.ts';
import { runBinary } from './run-binary.ts';

type DuckDB = Awaited<ReturnType<typeof openDuckDB>>;
const collections = ['a', 'b', 'c'] as const;
const formats = { parquet: 'FORMAT parquet', jsonl: 'FORMAT json', csv: 'FORMAT csv, HEADER' } as const;
type Format = keyof typeof formats;

/** Three collections of two shards with 100 rows each, in these formats. */
async function makeInputs(duckdb: DuckDB, folder: string, given: readonly Format[]): Promise<void> {
  for (const [index, name] of collections.entries())
    for (const shard of [0, 1]) {
      const place = join(folder, name, `0000${shard}`);
      mkdirSync(place, { recursive: true });
      const format = given[index]!;
      const first = 1000 * index + 100 * shard;
      const rows = `SELECT range AS id, range / 8.0 AS score, CASE WHEN range % 7 = 0 THEN NULL ELSE 'täxt "' || range || '", 漢字' END AS text FROM range(${first}, ${first + 100})`;
      await queryRows(duckdb, `COPY (${rows}) TO ${sqlText(join(place, `data.${format}`))} (${formats[format]})`);
    }
}

const inputs = collections.flatMap((name) => ['--input', `${name}=${name}`]);

/** All rows of a result, in order, as text. */
async function rowsOf(
  duckdb: DuckDB,
  output: string,
  shards: readonly { readonly file: string }[],
): Promise<unknown[]> {
  const columns = `{ id: 'BIGINT', score: 'DOUBLE', text: 'VARCHAR' }`;
  const rows: unknown[] = [];
  for (const { file } of shards) {
    const path = sqlText(join(output, file));
    const source = file.endsWith('.parquet') ? `read_parquet(${path})` : `read_json(${path}, columns=${columns})`;
    const found = await queryRows(duckdb, `SELECT id::VARCHAR AS id, score::VARCHAR AS score, text FROM ${source}`);
    rows.push(...found);
  }
  return rows;
}

describe('collections of several formats', () => {
  let duckdb: DuckDB;
  beforeAll(async () => {
    duckdb = await openDuckDB();
    return () => duckdb.closeSync();
  });

  it.each([
    { writer: 'parquet', flags: [], ending: '.parquet' },
    { writer: 'jsonl', flags: ['--compression', 'none'], ending: '.jsonl' },
    { writer: 'jsonl', flags: ['--compression', 'gzip'], ending: '.jsonl.gz' },
    { writer: 'jsonl', flags: [], ending: '.jsonl.zst' },
  ])('become the rows, in the order, of Parquet: $ending', async ({ writer, flags, ending }) => {
    const [plain, mixed] = [temporaryFolder(), temporaryFolder()];
    await makeInputs(duckdb, plain, ['parquet', 'parquet', 'parquet']);
    await makeInputs(duckdb, mixed, ['jsonl', 'csv', 'parquet']);
    const job = [...inputs, '--output', 'out', '--shards', '3', '--json'];
    const expected = JSON.parse((await runBinary(['run', ...job], { workingFolder: plain })).stdout) as Report;
    const ran = await runBinary(['run', ...job, '--writer', writer, ...flags], { workingFolder: mixed });
    expect([ran.exitCode, ran.stderr]).toEqual([0, expect.stringContaining('600 rows in 3 shards')]);
    const report = JSON.parse(ran.stdout) as Report;
    expect(report.shards.map(({ file }) => file)).toEqual(
      ['00000', '00001', '00002'].map((name) => `${name}${ending}`),
    );
    const rows = await rowsOf(duckdb, join(mixed, 'out'), report.shards);
    expect(rows).toEqual(await rowsOf(duckdb, join(plain, 'out'), expected.shards));
    expect(rows.length).toBe(600);
    const verified = await runBinary(['verify', 'out', '--against-inputs'], { workingFolder: mixed });
    expect([verified.exitCode, verified.stderr]).toEqual([0, expect.stringContaining('600 rows in 6 input shards')]);
  });

  it('are not made of what stands beside the data', async () => {
    const folder = temporaryFolder();
    await makeInputs(duckdb, folder, ['parquet', 'parquet', 'parquet']);
    const two = '{"file_name": "x.wav", "id": 1}\n{"file_name": "y.wav", "id": 2}\n';
    writeFileSync(join(folder, 'a', 'metadata.jsonl'), two);
    writeFileSync(join(folder, 'a', '00000', 'list.csv'), 'id,score\n1,2\n');
    const ran = await runBinary(['run', ...inputs, '--output', 'out', '--shards', '2'], { workingFolder: folder });
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toContain(
      '00000/list.csv, metadata.jsonl stand beside data of another format, and are not read',
    );
    expect(ran.stderr).toContain('600 rows in 2 shards');
    // Nor when all else is broken: no row of it may take the place of what is lost.
    for (const shard of readdirSync(join(folder, 'a')).filter((name) => name.startsWith('0')))
      writeFileSync(join(folder, 'a', shard, 'data.parquet'), 'broken');
    const again = await runBinary(['plan', ...inputs, '--output', 'new', '--json'], { workingFolder: folder });
    expect(JSON.parse(again.stdout)).toMatchObject({ rows: 400 });
  });
});
