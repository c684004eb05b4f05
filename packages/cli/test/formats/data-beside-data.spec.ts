import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@riffle/core';
import { openDuckDB } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../fake-host.ts';
import { runBinary } from '../run-binary.ts';
import { writeInputShard, type InputFormat } from './input-shard.ts';
import { rowsFrom } from './rows.ts';

const files = {
  parquet: 'data.parquet',
  webdataset: 'data.tar',
  'arrow file': 'data.arrow',
  mds: 'shard.00000.mds',
} as const;

describe('a collection with files of several formats', () => {
  let duckdb: Awaited<ReturnType<typeof openDuckDB>>;
  beforeAll(async () => {
    duckdb = await openDuckDB();
    return () => duckdb.closeSync();
  });

  /** Puts ten rows into a file. */
  async function put(path: string, format: InputFormat & keyof typeof files): Promise<void> {
    const aside = temporaryFolder();
    await writeInputShard(duckdb, aside, format, rowsFrom(0, 10, false));
    mkdirSync(join(path, '..'), { recursive: true });
    copyFileSync(join(aside, files[format]), path);
  }
  async function plan(folder: string): Promise<{ readonly rows: number; readonly stderr: string }> {
    const { exitCode, stdout, stderr } = await runBinary(
      ['plan', '--input', 'c=c', '--output', 'out', '--shards', '2', '--json'],
      { workingFolder: folder },
    );
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
    return { rows: (JSON.parse(stdout) as Report).rows, stderr };
  }

  it('does not take lists and metadata in JSON lines and CSV', async () => {
    const folder = temporaryFolder();
    for (const name of ['00000', '00001']) await put(join(folder, 'c', name, 'data.parquet'), 'parquet');
    const two = '{"file_name": "x.wav", "id": 1}\n{"file_name": "y.wav", "id": 2}\n';
    writeFileSync(join(folder, 'c', 'metadata.jsonl'), two);
    writeFileSync(join(folder, 'c', '00000', 'list.csv'), 'id,score\n1,2\n');
    const { rows, stderr } = await plan(folder);
    expect(rows).toBe(20);
    expect(stderr).toContain(
      'c: 00000/list.csv, metadata.jsonl stand beside data of another format, and are not read. If they are data, too, make a collection of them.',
    );
    // Nor when all else is broken: no row of it may take the place of what is lost.
    for (const name of ['00000', '00001']) writeFileSync(join(folder, 'c', name, 'data.parquet'), 'broken');
    const ended = await runBinary(['plan', '--input', 'c=c', '--output', 'out'], { workingFolder: folder });
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining('No collection holds any row')]);
  });

  it('takes the archive of samples and not the list of the same name', async () => {
    const folder = temporaryFolder();
    for (const name of ['00000', '00001', '00002', '00003']) {
      await put(join(folder, 'c', `${name}.tar`), 'webdataset');
      await put(join(folder, 'c', `${name}.parquet`), 'parquet');
      writeFileSync(join(folder, 'c', `${name}_stats.json`), '{"count": 10}');
    }
    const { rows, stderr } = await plan(folder);
    expect(rows).toBe(40);
    expect(stderr).toContain(
      'c: 00000.parquet, 00001.parquet, 00002.parquet and 1 more stand beside archives of the same names, whose rows they describe, and are not read. If they are data, too, make a collection of them.',
    );
    expect(stderr).not.toContain('several formats');
  });

  it('does not put the list in the place of an archive that is broken', async () => {
    const folder = temporaryFolder();
    await put(join(folder, 'c', '00000.tar'), 'webdataset');
    await put(join(folder, 'c', '00001.parquet'), 'parquet');
    writeFileSync(join(folder, 'c', '00001.tar'), 'broken');
    const { rows, stderr } = await plan(folder);
    expect(rows).toBe(10);
    expect(stderr).toContain(
      '00001.parquet stands beside archives of the same names, whose rows it describes, and is not read',
    );
  });

  it('reads what else is data, and says what there is', async () => {
    const folder = temporaryFolder();
    await put(join(folder, 'c', '00000', 'data.parquet'), 'parquet');
    await put(join(folder, 'c', '00001', 'data.parquet'), 'parquet');
    await put(join(folder, 'c', '00002', 'data.arrow'), 'arrow file');
    await put(join(folder, 'c', '00002.v1.mds'), 'mds');
    const { rows, stderr } = await plan(folder);
    expect(rows).toBe(40);
    expect(stderr).toContain(
      'c: its files are of several formats, and all are read: 2 files of parquet (00000/data.parquet, …), 1 file of mds (00002.v1.mds), 1 file of arrow (00002/data.arrow). If some are no data, or the same rows again, move them out of the folder.',
    );
  });

  it('says nothing where all are of one', async () => {
    const folder = temporaryFolder();
    await put(join(folder, 'c', '00000.tar'), 'webdataset');
    await put(join(folder, 'c', '00001.tar'), 'webdataset');
    const { rows, stderr } = await plan(folder);
    expect([rows, stderr.includes('formats'), stderr.includes('beside')]).toEqual([20, false, false]);
  });
});
