import { createHash } from 'node:crypto';
import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Finding } from '@riffle/core';
import { makeDataset, openDuckDB, parquetTable } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestDigest } from '../src/publishing/make-manifest.ts';
import { doJob, verifyAgainstInputs, verifyResult } from './support/job.ts';
import { readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { copier, editManifest, type EditableManifest } from './support/verify-copies.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
/** Two collections of three shards of 40 rows: few enough that every row is compared. */
const result = join(folder, 'result');

beforeAll(async () => {
  duckdb = await openDuckDB();
  const columns = { id: '1000000 + i', text: "'text of row ' || i" };
  const { collections } = await makeDataset(join(folder, 'in'), { rowsPerShard: 40, columns, connection: duckdb });
  await doJob({ collections: [...collections], output: result, shards: 7 });
});
afterAll(() => duckdb.closeSync());

describe('a forged result whose manifest agrees with it', () => {
  /** Replaces shards of a copy of the result, and what the manifest says of them. */
  async function forge(name: string, select: (shard: number, tables: readonly string[]) => string): Promise<string> {
    const output = join(folder, name);
    cpSync(result, output, { recursive: true });
    const files = [0, 1].map((shard) => join(output, `0000${shard}.parquet`));
    const tables = [0, 1].map((shard) =>
      parquetTable(join(result, `0000${shard}.parquet`), ', file_row_number = true'),
    );
    for (const [shard, file] of files.entries())
      await duckdb.run(
        `COPY (SELECT id, text FROM (${select(shard, tables)}) ORDER BY place) TO '${file}' (FORMAT parquet)`,
      );
    const manifest = structuredClone(readManifest(output));
    const { findings } = await verifyResult(output);
    for (const [shard, file] of files.entries()) {
      const { fingerprint } = manifest.receipt.outputs[shard]!;
      const found = findings.find(
        (finding) => finding.file === `0000${shard}.parquet` && finding.code === 'fingerprint',
      );
      Object.assign(manifest.receipt.outputs[shard]!, {
        bytes: statSync(file).size,
        sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
        fingerprint: found?.found ?? fingerprint,
      });
    }
    Object.assign(manifest, { digest: manifestDigest(manifest) });
    writeFileSync(join(output, '.riffle/manifest.json'), JSON.stringify(manifest));
    return output;
  }

  it('with two rows of different shards swapped is found by the order of rows, and by nothing else', async () => {
    const output = await forge('rows swapped between shards', (shard, tables) => {
      const [own, other] = [tables[shard]!, tables[1 - shard]!];
      return `SELECT *, file_row_number AS place FROM ${own} WHERE file_row_number <> 5 UNION ALL SELECT *, 5 AS place FROM ${other} WHERE file_row_number = 5`;
    });
    expect((await verifyResult(output)).findings).toEqual([]);
    const { findings } = await verifyAgainstInputs(output);
    expect(findings.map(({ file, code, row }) => [file, code, row])).toEqual([
      ['00000.parquet', 'order', 5],
      ['00001.parquet', 'order', 5],
    ]);
  });

  it('with two neighbouring rows of one shard swapped is found as well', async () => {
    const output = await forge(
      'rows swapped in a shard',
      (shard, tables) =>
        `SELECT *, CASE WHEN ${shard} = 0 AND file_row_number IN (8, 9) THEN 17 - file_row_number ELSE file_row_number END AS place FROM ${tables[shard]!}`,
    );
    expect((await verifyResult(output)).findings).toEqual([]);
    const { findings } = await verifyAgainstInputs(output);
    expect(findings).toMatchObject([
      {
        file: '00000.parquet',
        code: 'order',
        row: 8,
        message: expect.stringMatching(/; of 35 rows compared in this shard, 2 differ\.$/),
      },
    ]);
  });
});

describe('what only the inputs contradict in a manifest with a new digest', () => {
  const brief = ({ file, code }: Finding) => `${file} ${code}`;
  const spoil = copier(join(folder, 'forged'), result);
  const forged = async (edit: (manifest: EditableManifest) => void) =>
    (await verifyAgainstInputs(spoil((output) => editManifest(output, edit, true)))).findings;

  it('is found: the seed, the size of an input, the name of one', async () => {
    const seed = await forged((manifest) => (manifest.plan.seed = '43'));
    expect(seed.map(brief)).toEqual([0, 1, 2, 3, 4, 5, 6].map((shard) => `0000${shard}.parquet order`));
    const names = await forged(({ receipt: { inputs } }) => {
      inputs[0]!.files[0]!.bytes++;
      inputs[2]!.path = '00003';
      inputs[2]!.files[0]!.path = '00003/data.parquet';
    });
    expect(names.map(brief)).toEqual(['a/00000/data.parquet bytes', 'a/00003 missing', 'a/00002 extra']);
    const shuffler = await forged((manifest) => (manifest.plan.shuffler = 'another'));
    expect(shuffler.map(brief)).toEqual(['.riffle/manifest.json order']);
  });
});
