import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RiffleError } from '@riffle/core';
import { makeDataset, openDuckDB, type DatasetOptions } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyFolder, doJob } from './support/job.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { copier, editManifest } from './support/verify-copies.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let made = 0;
beforeAll(async () => (duckdb = await openDuckDB()));
afterAll(() => duckdb.closeSync());

/** A folder of Parquet files with these columns: `i` is the row's number. */
async function dataset(columns: Readonly<Record<string, string>>, options: DatasetOptions = {}): Promise<string> {
  const above = join(folder, `made ${made++}`);
  const shape = { collections: ['data'], shardsPerCollection: 5, rowsPerShard: 1000, connection: duckdb };
  await makeDataset(above, { ...shape, columns, ...options });
  return join(above, 'data');
}

async function failure(certifying: Promise<unknown>): Promise<Pick<RiffleError, 'code' | 'message'>> {
  const error: unknown = await certifying.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  const { code, message } = error as RiffleError;
  return { code, message };
}

/** By type: a column that counts up, and one without order. */
const types: Readonly<Record<string, readonly [up: string, random: string]>> = {
  boolean: ['i > 2500', 'hash(i) % 3 = 0'],
  int8: ['(i // 50)::TINYINT', "(hash(i, 'x') % 100)::TINYINT"],
  uint16: ['i::USMALLINT', "(hash(i, 'x') % 60000)::USMALLINT"],
  int32: ['(i - 3000)::INTEGER', "(hash(i, 'x') % 2000000000)::INTEGER"],
  int64: ['1732000000000000000 + i', "(hash(i, 'x') >> 1)::BIGINT"],
  uint64: ['i::UBIGINT', "hash(i, 'x')"],
  float: ['(i / 7)::FLOAT', "((hash(i, 'x') % 100000) / 7)::FLOAT"],
  double: ['i / 7', "sin(hash(i, 'x'))"],
  decimal: ['(i / 8)::DECIMAL(18, 3)', "((hash(i, 'x') % 100000) / 8)::DECIMAL(18, 3)"],
  wide_decimal: ['(i / 8)::DECIMAL(38, 3)', "(((hash(i, 'x') % 100000)::INTEGER - 50000) / 8)::DECIMAL(38, 3)"],
  date: ["DATE '2020-01-01' + i::INTEGER", "DATE '2020-01-01' + (hash(i, 'x') % 10000)::INTEGER"],
  timestamp: [
    "TIMESTAMP '2020-01-01' + to_microseconds(i)",
    "TIMESTAMP '2020-01-01' + to_microseconds((hash(i, 'x') % 1000000)::BIGINT)",
  ],
  time: ["TIME '00:00' + to_microseconds(i)", "TIME '00:00' + to_microseconds((hash(i, 'x') % 1000000)::BIGINT)"],
  text: ["printf('row %08d', i)", 'md5(i::VARCHAR)'],
  bytes: ["encode(printf('row %08d', i))", 'encode(md5(i::VARCHAR))'],
  enumeration: [
    "printf('c%d', i // 500)::ENUM('c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9')",
    "printf('c%d', hash(i, 'x') % 10)::ENUM('c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9')",
  ],
  struct: ["{'at': {'row': i}}", "{'at': {'row': (hash(i, 'x') % 100000)::BIGINT}}"],
};

describe('a column', () => {
  let data: string;
  beforeAll(async () => {
    const columns = Object.entries(types).flatMap(([name, [up, random]]) => [
      [`${name}_up`, up],
      [`${name}_random`, random],
    ]);
    data = await dataset({ ...Object.fromEntries(columns), codes: '[i, i + 1]' });
  });

  it.each(Object.keys(types))('of type %s is judged by its values', async (name) => {
    const below = name === 'struct' ? '.at.row' : '';
    const up = await certifyFolder(data, `${name}_up${below}`);
    expect(up).toMatchObject({
      ok: false,
      files: 5,
      leftOut: [],
      certificate: { verdict: 'not-shuffled', rows: 5000 },
    });
    const random = await certifyFolder(data, `${name}_random${below}`);
    expect(random).toMatchObject({ ok: true, certificate: { verdict: 'shuffled', judgedRows: 5000 } });
  });

  it('has to be given where there is no manifest, and the error names those that serve', async () => {
    const { code, message } = await failure(certifyFolder(data));
    expect(code).toBe('USAGE');
    expect(message).toContain('is no result of Riffle');
    expect(message).toContain('struct_up.at.row (int64)');
    expect(message).not.toContain('codes');
  });

  it.each(['codes', 'nobody', 'struct_up', ''])('that cannot serve is refused: %j', async (name) => {
    const { code, message } = await failure(certifyFolder(data, name));
    expect(code).toBe('USAGE');
    expect(message).toContain(`00000/data.parquet has no column ${JSON.stringify(name)} whose values have an order`);
    expect(message).toContain('int32_up (int32)');
  });
});

describe('an order', () => {
  it.each([
    ['of blocks of 10 rows', "(hash(i // 10, 'x') % 1000000007)::BIGINT * 10 + i % 10", 'not-shuffled'],
    ['of shards as wholes', "(hash(shard, 'x') % 1000)::BIGINT * 1000 + (hash(i) % 1000)::BIGINT", 'not-shuffled'],
    ['of a buffer of 100 rows', "i + (hash(i, 'x') % 100)::BIGINT", 'not-shuffled'],
    ['of two labels in turn', "CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END", 'not-shuffled'],
    ['of random labels', "'label ' || hash(md5(i::VARCHAR)) % 4", 'shuffled'],
    ['with nulls at random', "CASE WHEN hash(md5(i || 'null')) % 4 = 0 THEN NULL ELSE md5(i::VARCHAR) END", 'shuffled'],
    [
      'with all nulls at the end',
      "CASE WHEN i > 4000 THEN NULL ELSE (hash(i, 'x') % 1000000)::INTEGER END",
      'not-shuffled',
    ],
    ['with a constant', '7', 'too-few-rows'],
    ['with nothing but nulls', 'NULL::VARCHAR', 'too-few-rows'],
  ])('%s', async (_name, expression, verdict) => {
    const { ok, certificate } = await certifyFolder(await dataset({ id: expression }), 'id');
    expect(certificate.verdict).toBe(verdict);
    expect(ok).toBe(verdict === 'shuffled');
  });

  it('counts nulls as a value of their own', async () => {
    const data = await dataset({ id: 'CASE WHEN i % 100 = 0 THEN NULL ELSE hash(i) % 1000 END' });
    expect((await certifyFolder(data, 'id')).judged).toEqual({
      kind: 'column',
      column: 'id',
      type: 'uint64',
      nulls: 50,
    });
  });

  it('of fewer than 1,000 rows is not judged', async () => {
    const data = await dataset({ id: 'i' }, { rowsPerShard: 100 });
    expect((await certifyFolder(data, 'id')).certificate).toMatchObject({ verdict: 'too-few-rows', rows: 500 });
  });

  it('of more than 2^20 rows is judged by stretches', async () => {
    const shape = { shardsPerCollection: 3, rowsPerShard: 500_000, rowGroupRows: 50_000 };
    const data = await dataset({ up: 'i', random: "hash(i, 'x')" }, shape);
    const expected = { rows: 1_500_000, judgedRows: 2 ** 20, stretches: 256 };
    expect((await certifyFolder(data, 'up')).certificate).toMatchObject({ ...expected, verdict: 'not-shuffled' });
    expect((await certifyFolder(data, 'random')).certificate).toMatchObject({ ...expected, verdict: 'shuffled' });
  });
});

describe('files', () => {
  it('of other number types are judged together, others not', async () => {
    const above = join(folder, 'types');
    const write = async (shard: number, id: string) => {
      mkdirSync(above, { recursive: true });
      const select = `SELECT ${id} AS id, 'x' AS other FROM range(${shard * 1000}, ${(shard + 1) * 1000}) t(i)`;
      await duckdb.run(`COPY (${select}) TO '${join(above, `${shard}.parquet`)}' (FORMAT parquet)`);
    };
    await write(0, 'i::INTEGER');
    await write(1, 'i::BIGINT');
    await write(2, 'i::DOUBLE');
    expect(await certifyFolder(above, 'id')).toMatchObject({
      files: 3,
      judged: { type: 'int32, int64, float64' },
      certificate: {
        verdict: 'not-shuffled',
        tests: expect.arrayContaining([expect.objectContaining({ value: 1, name: 'rank-correlation' })]),
      },
    });
    await write(3, "'row ' || i");
    const { code, message } = await failure(certifyFolder(above, 'id'));
    expect(code).toBe('USAGE');
    expect(message).toContain('is int32 in 0.parquet and string in 3.parquet, which cannot be compared');
  });

  it('that cannot be read are left out and named', async () => {
    const data = await dataset({ id: "hash(i, 'x')" });
    truncateSync(join(data, '00002/data.parquet'), 500);
    writeFileSync(join(data, '00003/data.parquet'), 'version https://git-lfs.github.com/spec/v1\n');
    const { ok, leftOut, certificate } = await certifyFolder(data, 'id');
    expect(leftOut.map(({ path }) => path)).toEqual(['00002', '00003']);
    expect(leftOut[1]!.reason).toMatch(/Git-LFS/);
    expect({ ok, rows: certificate.rows }).toEqual({ ok: true, rows: 3000 });
  });

  it('that are not there are an error', async () => {
    expect(await failure(certifyFolder(join(folder, 'nowhere'), 'id'))).toMatchObject({ code: 'USAGE' });
    mkdirSync(join(folder, 'empty'));
    expect(await failure(certifyFolder(join(folder, 'empty'), 'id'))).toMatchObject({ code: 'NO_ROWS' });
  });
});

describe('a result of Riffle', () => {
  const output = join(folder, 'result');
  beforeAll(async () => {
    const sizes = { collections: ['a', 'b'], rowsPerShard: 700, connection: duckdb };
    const { collections } = await makeDataset(join(folder, 'in'), { ...sizes, columns: { id: 'i', name: "'x'" } });
    await doJob({ collections: [...collections], output, shards: 10 });
  });
  const spoiled = copier(folder, output);

  it('is certified by its permutation, by its rows, and not by an input', async () => {
    const judged = { kind: 'permutation', shuffler: 'perm-v1', seed: '42' };
    const byPlan = await certifyFolder(output);
    expect(byPlan).toMatchObject({ ok: true, judged, files: 10, certificate: { rows: 4200, verdict: 'shuffled' } });
    expect(byPlan.certificate.tests[0]).toMatchObject({ title: 'Share of 2 collections in 10 shards' });
    expect(await certifyFolder(output, 'id')).toMatchObject({ ok: true, judged: { kind: 'column' }, files: 10 });
    expect(await certifyFolder(join(folder, 'in/a'), 'id')).toMatchObject({ ok: false });
  });

  it('with an edited manifest is not', async () => {
    const copy = spoiled((place) => editManifest(place, (manifest) => void (manifest.plan.seed = 'other')));
    const { code, message } = await failure(certifyFolder(copy));
    expect(code).toBe('VERIFICATION_FAILED');
    expect(message).toContain('--column');
    expect((await certifyFolder(copy, 'id')).ok).toBe(true);
  });
});
