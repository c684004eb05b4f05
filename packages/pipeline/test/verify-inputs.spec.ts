import { cpSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Finding } from '@riffle/core';
import { corruptPage, makeDataset, openDuckDB, parquetTable, queryRows } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verification } from '../src/index.ts';
import { doJob, verifyAgainstInputs, verifyResult } from './support/job.ts';
import { makeMixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
/** Two collections of three shards of 40 rows: few enough that every row is compared. */
const result = join(folder, 'result');

beforeAll(async () => {
  duckdb = await openDuckDB();
  const columns = { id: '1000000 + i', text: "'text of row ' || i" };
  const options = { rowsPerShard: 40, columns, compression: 'uncompressed', connection: duckdb } as const;
  const { collections } = await makeDataset(join(folder, 'in'), options);
  await doJob({ collections: [...collections], output: result, shards: 7 });
});
afterAll(() => duckdb.closeSync());

let copies = 0;
/** A copy of the inputs, changed; the result is compared with it. */
function compareWith(change: (file: (path: string) => string) => void | Promise<void>): Promise<Verification> {
  const inputs = join(folder, `inputs-${copies++}`);
  cpSync(join(folder, 'in'), inputs, { recursive: true });
  const paths = ['a', 'b'].map((name) => ({ name, path: join(inputs, name) }));
  return Promise.resolve(change((path) => join(inputs, path))).then(() => verifyAgainstInputs(result, paths));
}

function brief(findings: readonly Finding[]): string[] {
  return findings.map(({ file, code }) => `${file} ${code}`);
}

/** Writes a file anew by DuckDB, as what `select` says of its table. */
async function rewrite(
  file: string,
  select: (table: string) => string,
  options = 'COMPRESSION uncompressed',
): Promise<void> {
  await duckdb.run(`COPY (${select(parquetTable(file))}) TO '${file}.new' (FORMAT parquet, ${options})`);
  renameSync(`${file}.new`, file);
}

const withOtherValue = (table: string) =>
  `SELECT * REPLACE (CASE WHEN id = 1000047 THEN 2000047 ELSE id END AS id) FROM ${table}`;

describe('verify against the inputs finds nothing', () => {
  it('in a result whose inputs are as they were, and has read every row of them', async () => {
    const { findings, ...rest } = await verifyAgainstInputs(result);
    expect(findings).toEqual([]);
    expect(rest).toEqual({ ok: true, shards: 7, rows: 240, inputs: { shards: 6, rows: 240, sampledRows: 240 } });
  });

  it('in collections of every layout; of many rows it compares a sample, of every shard some', async () => {
    const { collections, rows } = await makeMixedDataset(join(folder, 'mixed'), duckdb);
    const output = join(folder, 'mixed result');
    await doJob({ collections: [...collections], output, shards: 9 });
    const { ok, inputs } = await verifyAgainstInputs(output);
    expect([ok, inputs?.rows]).toEqual([true, rows]);
    expect(inputs?.sampledRows).toBeGreaterThanOrEqual(1000);
    expect(inputs?.sampledRows).toBeLessThan(rows);
    const file = join(folder, 'mixed/single/only.parquet');
    renameSync(file, join(folder, 'under another name.parquet'));
    const moved = { name: 'single', path: join(folder, 'under another name.parquet') };
    expect((await verifyAgainstInputs(output, [moved])).findings).toEqual([]);
    expect((await verifyAgainstInputs(output)).findings).toEqual([
      {
        file: 'single',
        code: 'missing',
        message: `single is not there: ${file} does not exist. If it was moved, say where to with --input single=PATH.`,
        input: { collection: 'single' },
      },
    ]);
  });

  it('where inputs were moved and it is told where to, also by links', async () => {
    const moved = join(folder, 'moved away');
    cpSync(join(folder, 'in/a'), join(moved, 'of a'), { recursive: true });
    cpSync(join(folder, 'in/b'), join(moved, 'of b'), { recursive: true });
    symlinkSync('of b', join(moved, 'link'));
    const told = [
      { name: 'b', path: join(moved, 'link') },
      { name: 'a', path: join(moved, 'of a') },
    ];
    expect((await verifyAgainstInputs(result, told)).findings).toEqual([]);
  });

  it('where one of two equal files became a link to the other since', async () => {
    const path = join(folder, 'equal');
    for (const name of ['1.parquet', '2.parquet']) cpSync(join(folder, 'in/a/00000/data.parquet'), join(path, name));
    const output = join(folder, 'equal result');
    await doJob({ collections: [{ name: 'equal', path }], output, shards: 2 });
    rmSync(join(path, '2.parquet'));
    symlinkSync('1.parquet', join(path, '2.parquet'));
    expect(await verifyAgainstInputs(output)).toMatchObject({ findings: [], inputs: { rows: 80 } });
  });

  it('in a result of salvaged shards: what was left out is known from the receipt', async () => {
    const path = join(folder, 'damaged');
    const data = await makeDataset(path, {
      collections: ['c'],
      rowsPerShard: 5000,
      rowGroupRows: 2048,
      columns: { id: 'i', text: "'text ' || hash(i)" },
      connection: duckdb,
    });
    await corruptPage(data.files[1]!.path, 1);
    const cut = join(path, 'c/00002/cut short.parquet');
    cpSync(data.files[0]!.path, cut);
    truncateSync(cut, 5000);
    const output = join(folder, 'salvaged result');
    const { report } = await doJob({ collections: [...data.collections], output, shards: 4, onBadShard: 'salvage' });
    expect(report.lost.map(({ path: shard }) => shard)).toEqual(['00001', '00002']);
    expect(report.rows).toBeLessThan(15_000);
    expect(report.rows).toBeGreaterThan(10_000);
    expect(await verifyAgainstInputs(output)).toMatchObject({ findings: [], inputs: { shards: 3, rows: report.rows } });
    cpSync(data.files[0]!.path, cut);
    expect((await verifyAgainstInputs(output)).findings).toMatchObject([
      {
        file: 'c/00002/cut short.parquet',
        code: 'extra',
        message: expect.stringMatching(/ can be read now and was lost /),
      },
    ]);
  });

  it('in a result that is without a shard which turned out bad while it was decoded', async () => {
    const data = await makeDataset(join(folder, 'late'), { collections: ['c'], rowsPerShard: 500, connection: duckdb });
    await corruptPage(data.files[1]!.path);
    const output = join(folder, 'late result');
    const { report } = await doJob({ collections: [...data.collections], output, shards: 2 });
    expect(report.rows).toBe(1000);
    expect((await verifyAgainstInputs(output)).findings).toEqual([]);
  });
});

describe('verify against the inputs finds and names', () => {
  it('one changed value in a valid file of the same size: by the fingerprint of the shard, and by its row', async () => {
    const size = statSync(join(folder, 'in/a/00001/data.parquet')).size;
    const { findings } = await compareWith(async (file) => {
      await rewrite(file('a/00001/data.parquet'), withOtherValue);
      expect(statSync(file('a/00001/data.parquet')).size).toBe(size);
    });
    expect(findings).toEqual([
      {
        file: 'a/00001',
        code: 'fingerprint',
        message: expect.stringMatching(
          /^a\/00001 holds other rows than went into the result: fingerprint [0-9a-f]{32} instead of [0-9a-f]{32}\.$/,
        ),
        input: { collection: 'a', shard: '00001' },
        found: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
      {
        file: expect.stringMatching(/^0000\d\.parquet$/),
        code: 'order',
        message: expect.stringContaining(
          ' is not row 7 of a/00001/data.parquet, which the seed puts there (rows counted from 0); of ',
        ),
        row: expect.any(Number),
        input: { collection: 'a', shard: '00001', path: '00001/data.parquet', row: 7 },
      },
    ]);
    const { file, row } = findings[1]!;
    const [there] = await queryRows(
      duckdb,
      `SELECT id FROM ${parquetTable(join(result, file), ', file_row_number = true')} WHERE file_row_number = ${row}`,
    );
    expect(Number(there?.['id'])).toBe(1_000_047);
  });

  it.each<[string, (file: (path: string) => string) => void | Promise<void>, readonly string[]]>([
    ['removed', (file) => rmSync(file('b/00002'), { recursive: true }), ['b/00002 missing']],
    ['removed with its whole collection', (file) => rmSync(file('b'), { recursive: true }), ['b missing']],
    ['added', (file) => cpSync(file('b/00002'), file('b/00007'), { recursive: true }), ['b/00007 extra']],
    [
      'added beside another file',
      (file) => cpSync(file('b/00002/data.parquet'), file('b/00002/more.parquet')),
      ['b/00002/more.parquet extra'],
    ],
    ['added that cannot be read', (file) => writeFileSync(file('b/new.parquet'), 'PAR1'), ['b/new.parquet extra']],
    ['cut short', (file) => truncateSync(file('a/00000/data.parquet'), 300), ['a/00000/data.parquet unreadable']],
    [
      'replaced by one of more rows',
      (file) => rewrite(file('a/00000/data.parquet'), (table) => `FROM ${table} UNION ALL FROM ${table}`),
      ['a/00000/data.parquet bytes', 'a/00000/data.parquet rows', 'a/00000 fingerprint'],
    ],
    [
      'with another type in a column',
      (file) => rewrite(file('a/00000/data.parquet'), (table) => `SELECT * REPLACE (id::VARCHAR AS id) FROM ${table}`),
      ['a/00000/data.parquet bytes', 'a/00000/data.parquet schema'],
    ],
    [
      'with a narrower type in a column, which holds the same values',
      (file) => rewrite(file('a/00000/data.parquet'), (table) => `SELECT * REPLACE (id::INTEGER AS id) FROM ${table}`),
      ['a/00000/data.parquet bytes'],
    ],
  ])('an input %s', async (_, change, expected) => {
    const { findings } = await compareWith(change);
    const [order, others] = [
      findings.filter(({ code }) => code === 'order'),
      findings.filter(({ code }) => code !== 'order'),
    ];
    expect(brief(others)).toEqual(expected);
    for (const { message, file } of others) expect(message).toMatch(new RegExp(`^${file} .*\\.$`));
    if (!expected.some((finding) => finding.endsWith('fingerprint'))) expect(order).toEqual([]);
  });

  it('two inputs that were swapped: the same rows in all, in another order', async () => {
    const { findings } = await compareWith((file) => {
      renameSync(file('a/00000'), file('a/x'));
      renameSync(file('b/00001'), file('a/00000'));
      renameSync(file('a/x'), file('b/00001'));
    });
    const of = (code: string) => findings.filter((finding) => finding.code === code);
    expect(brief(of('fingerprint'))).toEqual(['a/00000 fingerprint', 'b/00001 fingerprint']);
    expect(of('order').length).toBe(7);
    for (const { input } of of('order'))
      expect(['a/00000', 'b/00001']).toContain(`${input?.collection}/${input?.shard}`);
  });

  it('an input that another program wrote again with the same rows: other bytes, and the rows are the same', async () => {
    const { findings } = await compareWith((file) =>
      rewrite(file('a/00001/data.parquet'), (table) => `SELECT text, id FROM ${table}`, 'COMPRESSION zstd'),
    );
    expect(findings).toEqual([
      {
        file: 'a/00001/data.parquet',
        code: 'bytes',
        message: expect.stringMatching(
          /^a\/00001\/data\.parquet has \d+ bytes and had \d+; its shard still holds the same rows, by their fingerprint\.$/,
        ),
        input: { collection: 'a', shard: '00001', path: '00001/data.parquet' },
        found: expect.any(Number),
      },
    ]);
  });
});

describe('verify against the inputs refuses', () => {
  it('a collection that the result does not have, and one that nobody knows the place of: USAGE', async () => {
    await expect(verifyAgainstInputs(result, [{ name: 'c', path: folder }])).rejects.toMatchObject({
      code: 'USAGE',
      message: 'The result has no collection "c". Its collections are "a", "b".',
    });
    const output = join(folder, 'without places');
    cpSync(result, output, { recursive: true });
    const manifest = structuredClone(readManifest(output));
    delete (manifest.run as { inputs?: unknown }).inputs;
    writeFileSync(join(output, '.riffle/manifest.json'), JSON.stringify(manifest));
    await expect(verifyAgainstInputs(output, [{ name: 'a', path: join(folder, 'in/a') }])).rejects.toMatchObject({
      code: 'USAGE',
      message: 'The manifest does not say where collection "b" is. Say so with --input b=PATH.',
    });
  });

  it('nothing else: without being asked it reads no input, even where a manifest names one', async () => {
    const opened = join(folder, 'opened');
    writeFileSync(opened, '');
    const plugins = { storage: wrapperPlugin('watched-storage', { log: opened }) };
    expect((await verifyResult(result, { plugins })).ok).toBe(true);
    expect(readFileSync(opened, 'utf8')).not.toContain(join(folder, 'in'));
    expect((await verifyAgainstInputs(result, [], { plugins })).ok).toBe(true);
    expect(readFileSync(opened, 'utf8')).toContain(join(folder, 'in/a/00000/data.parquet'));
  });
});
