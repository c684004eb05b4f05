import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDB, parquetTable, queryRows, sqlText } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../fake-host.ts';
import { runJob, type FinishedJob } from './run-job.ts';
import { filesOf } from './tar-archive.ts';

describe('results that are the inputs of the next job', () => {
  let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
  beforeAll(async () => {
    duckdb = await openDuckDB();
    return () => duckdb.closeSync();
  });

  async function makeParquet(folder: string, columns: string): Promise<void> {
    for (const shard of [0, 1, 2]) {
      mkdirSync(join(folder, `0000${shard}`), { recursive: true });
      const path = sqlText(join(folder, `0000${shard}`, 'data.parquet'));
      await queryRows(duckdb, `COPY (SELECT ${columns} FROM range(${200 * shard}, ${200 * shard + 200})) TO ${path}`);
    }
  }

  it('keep whole numbers, texts and bytes from Parquet over every other format to Parquet', async () => {
    const select = ['id', 'text', 'wav'];
    const columns = `9007199254740993 + range AS id, 'täxt "' || range || '"' AS text, encode('RIFF' || range)::BLOB AS wav`;
    let folder = temporaryFolder();
    await makeParquet(join(folder, 'in'), columns);
    const source = join(folder, 'in');
    const jobs: FinishedJob[] = [];
    let input = source;
    for (const writer of ['mds', 'webdataset', 'jsonl', 'arrow', 'parquet']) {
      folder = temporaryFolder();
      const job = await runJob(folder, {
        collections: [{ name: 'all', path: input }],
        shards: 4,
        seed: writer,
        compression: writer === 'jsonl' ? 'zstd' : 'none',
        columns: { select },
        // JSON has no bytes: that the texts are base64 is told.
        plugins: {
          readers: [{ specifier: 'jsonl', options: { types: { wav: 'binary' } } }],
          writer: { specifier: writer },
        },
      });
      jobs.push(job);
      input = join(folder, 'out');
    }
    const [first] = jobs;
    expect(jobs.map(({ receipt }) => receipt.fingerprint)).toEqual(jobs.map(() => first!.receipt.fingerprint));
    // What one job wrote into a shard is what the next one reads from it.
    for (const [index, { receipt }] of jobs.slice(1).entries()) {
      const written = jobs[index]!.receipt.outputs.map(({ file, rows, fingerprint }) => [file, rows, fingerprint]);
      expect(receipt.inputs.map(({ path, rows, fingerprint }) => [path, rows, fingerprint])).toEqual(written);
    }
    const rowsOf = (glob: string) =>
      queryRows(duckdb, `SELECT id::VARCHAR AS id, text, hex(wav) AS wav FROM ${parquetTable(glob)} ORDER BY id`);
    const rows = await rowsOf(join(input, '*.parquet'));
    expect(rows.length).toBe(600);
    expect(rows).toEqual(await rowsOf(join(source, '*', '*.parquet')));
    expect(new Set(jobs.map(({ receipt }) => receipt.outputs[0]!.fingerprint)).size).toBe(jobs.length);
  });

  it('have floats in the JSON of a WebDataset sample, which is a text to the next job', async () => {
    const folder = temporaryFolder();
    await makeParquet(join(folder, 'in'), 'range AS id, range / 8.0 AS score');
    await runJob(folder, {
      collections: [{ name: 'all', path: 'in' }],
      shards: 2,
      compression: 'none',
      plugins: { writer: { specifier: 'webdataset' } },
    });
    const [shard] = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.tar'));
    const names = filesOf(readFileSync(join(folder, 'out', shard!))).map(([name]) => name.slice(name.indexOf('.')));
    expect(new Set(names)).toEqual(new Set(['.id', '.json']));
    const next = temporaryFolder();
    await runJob(next, { collections: [{ name: 'all', path: join(folder, 'out') }], shards: 2 });
    const [row] = await queryRows(
      duckdb,
      `SELECT id, json, (json->>'score')::DOUBLE AS score, typeof(json) AS type FROM ${parquetTable(join(next, 'out', '*.parquet'))} WHERE id = 9`,
    );
    expect(row).toMatchObject({ json: '{"score":1.125}', score: 1.125, type: 'VARCHAR' });
  });
});
