import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { JsonValue, RecipeInput } from '@riffle/core';
import { openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certifyFolder, doJob, eventsOf, failJob, verifyAgainstInputs, verifyResult } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { failingDisk, wrapperPlugin } from './support/plugins.ts';
import { everythingIn, readManifest } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MixedDataset;

/** Values that folders cannot be called as they are, that differ in capitals, or that are another's name. */
const languages = ['de', 'DE', 'dE', 'zh/ä+ .', 'a=b', '.x', '', "it's 100%"];
const languageOf = `CASE WHEN row % 11 < ${languages.length} THEN list_extract([${languages.map(sqlText).join(', ')}], 1 + row % 11) END`;

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb, {
    more: {
      language: languageOf.replaceAll('row', 'i'),
      year: '(i % 3 - 1)::BIGINT',
      spoken: 'i % 5 > 1',
      // Rows so large that a shard has many row groups, and the job several units.
      misleading: "CASE WHEN i % 9 > 0 THEN '__HIVE_DEFAULT_PARTITION__' END",
      ballast: 'repeat(chr((65 + i % 26)::INTEGER), 10000)',
    },
  });
});
afterAll(() => duckdb.closeSync());

const recipe = (output: string, more: Partial<RecipeInput> = {}): RecipeInput => ({
  collections: [...data.collections],
  output: join(folder, output),
  shards: 12,
  ...more,
});
const layout = (...by: { column: string; kept: boolean }[]) =>
  wrapperPlugin('partitioned-layout', { by } as unknown as JsonValue);
const byLanguage = { plugins: { layout: layout({ column: 'language', kept: false }) } };
const bySpeech = {
  plugins: {
    layout: layout(
      { column: 'year', kept: false },
      { column: 'language', kept: false },
      { column: 'spoken', kept: true },
    ),
  },
};

const inputs = () => `read_parquet([${data.files.map(sqlText).join(', ')}])`;
const shown = 'row, language, year, spoken, text, md5(ballast) AS ballast';
const hive = (output: string, types = "'language': VARCHAR") =>
  `read_parquet(${sqlText(join(folder, output, '**/*.parquet'))}, hive_partitioning = true, hive_types = {${types}}, filename = true, file_row_number = true)`;

/** Rows that are in one table and not in the other, as often as they are. */
async function differences(one: string, other: string): Promise<unknown[]> {
  const [left, right] = [`SELECT ${shown} FROM ${one}`, `SELECT ${shown} FROM ${other}`];
  return queryRows(duckdb, `((${left}) EXCEPT ALL (${right})) UNION ALL ((${right}) EXCEPT ALL (${left}))`);
}

const filesIn = (output: string) => everythingIn(join(folder, output)).filter((path) => path.endsWith('.parquet'));
const outputsOf = (output: string) => readManifest(join(folder, output)).receipt.outputs;

describe('a result that is partitioned by a column', () => {
  it('has the rows of the inputs, with the values that the folders tell', async () => {
    const { report } = await doJob(recipe('hive'), byLanguage);
    expect(await differences(inputs(), hive('hive'))).toEqual([]);
    expect(report.rows).toBe(data.rows);
    const folders = new Set(filesIn('hive').map((path) => path.split('/')[0]));
    expect(folders).toEqual(
      new Set([
        'language=',
        'language=%2Ex',
        'language=%64%45',
        'language=%64%65',
        'language=DE',
        'language=__HIVE_DEFAULT_PARTITION__',
        'language=a%3Db',
        'language=it%27s%20100%25',
        'language=zh%2F%C3%A4%2B%20%2E',
      ]),
    );
    // Left out of the files themselves.
    const columns = await queryRows(
      duckdb,
      `DESCRIBE SELECT * FROM read_parquet(${sqlText(join(folder, 'hive', 'language=DE', '*.parquet'))}, hive_partitioning = false)`,
    );
    expect(columns.map((column) => (column as { column_name: string }).column_name)).not.toContain('language');
  });

  it('has its rows in the order of the same job without partitions, file by file', async () => {
    await doJob(recipe('plain'));
    const plain = `read_parquet(${sqlText(join(folder, 'plain', '*.parquet'))}, filename = true, file_row_number = true)`;
    const order = (table: string, shard: string) =>
      queryRows(
        duckdb,
        `SELECT ${shard}::INTEGER AS shard, language, list(row ORDER BY file_row_number) AS rows FROM ${table} GROUP BY ALL ORDER BY ALL`,
      );
    const wanted = await order(plain, "regexp_extract(filename, '(\\d+)\\.parquet$', 1)");
    expect(wanted.length).toBeGreaterThan(40);
    expect(await order(hive('hive'), "regexp_extract(filename, '(\\d+)\\.parquet$', 1)")).toEqual(wanted);
  });

  it('accounts for every row: parts add up to even shards and to the fingerprint of the same job without partitions', () => {
    const [whole, divided] = [readManifest(join(folder, 'plain')), readManifest(join(folder, 'hive'))];
    expect(divided.receipt.fingerprint).toBe(whole.receipt.fingerprint);
    expect(divided.plan.partitionBy).toEqual([{ column: 'language', kept: false }]);
    for (const [shard, { rows, fingerprint }] of whole.receipt.outputs.entries()) {
      const parts = divided.receipt.outputs.filter((part) => part.shard === shard);
      expect(parts.reduce((sum, part) => sum + part.rows, 0)).toBe(rows);
      const sum = parts.reduce((total, part) => total + BigInt(`0x${part.fingerprint}`), 0n);
      expect(BigInt.asUintN(128, sum)).toBe(BigInt(`0x${fingerprint}`));
    }
    expect(new Set(divided.receipt.outputs.map(({ partition }) => partition![0]))).toEqual(
      new Set([...languages, null]),
    );
  });

  it('has the same bytes whatever the memory and the strategy, also where a file has many row groups', async () => {
    const made = await Promise.all(
      (['memory', 'spill', 'passes'] as const).map(async (strategy) => {
        const output = `same-${strategy}`;
        const workers = strategy === 'memory' ? 1 : 2;
        await doJob(recipe(output, { strategy, workers, shards: 2, rowGroupBytes: '1MiB' }), byLanguage);
        return outputsOf(output);
      }),
    );
    expect(made[1]).toEqual(made[0]);
    expect(made[2]).toEqual(made[0]);
    const [most] = await queryRows(
      duckdb,
      `SELECT max(groups)::INTEGER AS groups, max(bytes)::INTEGER AS bytes FROM (SELECT file_name, count(DISTINCT row_group_id) AS groups, max(row_group_bytes) AS bytes FROM parquet_metadata(${sqlText(join(folder, 'same-spill', '**/*.parquet'))}) GROUP BY ALL)`,
    );
    expect(most).toMatchObject({ groups: expect.toSatisfy((groups) => groups > 2) });
    expect(await differences(inputs(), hive('same-passes'))).toEqual([]);
  });

  it('can be divided by several columns, of texts, numbers and booleans, some of which stay in the files', async () => {
    await doJob(recipe('speech'), bySpeech);
    expect(filesIn('speech')).toContain('year=-1/language=DE/true/part-0.parquet'.replace('-1', '%2D1'));
    expect(await differences(inputs(), hive('speech', "'language': VARCHAR, 'year': BIGINT"))).toEqual([]);
    expect((await verifyAgainstInputs(join(folder, 'speech'))).ok).toBe(true);
  });
});

describe('verify of a partitioned result', () => {
  it('is content with what was written, and reads the inputs', async () => {
    const { ok, findings, inputs: compared } = await verifyAgainstInputs(join(folder, 'hive'));
    expect([ok, findings, compared]).toEqual([
      true,
      [],
      { shards: expect.any(Number), rows: data.rows, sampledRows: 0 },
    ]);
    expect(await certifyFolder(join(folder, 'hive'))).toMatchObject({ judged: { kind: 'permutation' } });
  });

  it('notices files that were swapped, removed or added', async () => {
    await doJob(recipe('spoilt'), byLanguage);
    const output = join(folder, 'spoilt');
    const path = (language: string, shard: number) => join(output, `language=${language}`, `part-${shard}.parquet`);
    renameSync(path('DE', 0), join(output, 'aside'));
    renameSync(path('%64%65', 0), path('DE', 0));
    renameSync(join(output, 'aside'), path('%64%65', 0));
    renameSync(path('a%3Db', 1), path('a%3Db', 99));
    const { findings } = await verifyResult(output);
    expect(findings.map(({ file, code }) => `${code} ${file}`)).toEqual(
      expect.arrayContaining([
        'fingerprint language=DE/part-0.parquet',
        'fingerprint language=%64%65/part-0.parquet',
        'missing language=a%3Db/part-1.parquet',
        // It holds the rows of the one that is missing.
        'extra language=a%3Db/part-99.parquet',
      ]),
    );
  });

  it.each([
    ['another value', (text: string) => text.replace('"partition": [\n     "a=b"', '"partition": [\n     "a=c"')],
    ['a value that is none', (text: string) => text.replace('"partition": [\n     "a=b"', '"partition": [\n     7')],
    ['another shard', (text: string) => text.replace('"shard": 1', '"shard": 2')],
    ['a shard that is none', (text: string) => text.replace('"shard": 1', '"shard": 1000000')],
    ['no columns', (text: string) => text.replace(/"partitionBy": \[[^\]]*\],/, '')],
    ['another column', (text: string) => text.replace('"column": "language"', '"column": "nobody"')],
  ])('notices a manifest with %s, and survives it', async (_, edit) => {
    const output = join(folder, 'edited');
    if (!existsSync(output)) await doJob(recipe('edited'), byLanguage);
    const location = join(output, '.riffle', 'manifest.json');
    const text = readFileSync(location, 'utf8');
    const edited = edit(text);
    expect(edited).not.toBe(text);
    writeFileSync(location, edited);
    const { ok, findings } = await verifyResult(output);
    writeFileSync(location, text);
    expect(ok).toBe(false);
    expect(findings.length).toBeGreaterThan(0);
  });
});

describe('a partitioned job that is interrupted', () => {
  it.each([
    ['while writing', { operations: ['create'], location: 'shards.00009', failAt: 2 }],
    ['while publishing', { operations: ['rename'], location: 'language=DE', failAt: 3 }],
  ] as const)('%s goes on, and has the same files', async (when, fault) => {
    const output = `interrupted-${when.split(' ')[1]}`;
    const input = recipe(output);
    const { error } = await failJob(input, {
      plugins: {
        ...byLanguage.plugins,
        ...failingDisk({ times: 'always', ...fault, operations: [...fault.operations] }),
      },
    });
    expect(error.code).toBe('STORAGE_FAILED');
    const { events } = await doJob(input, { ...byLanguage, resume: true });
    expect(eventsOf(events, 'resumed')[0]!.shards).toBeGreaterThan(0);
    expect(readManifest(join(folder, output)).digest).toBe(readManifest(join(folder, 'hive')).digest);
    expect((await verifyResult(join(folder, output))).ok).toBe(true);
    expect(filesIn(output)).toEqual(filesIn('hive'));
  });

  it('writes a shard again of which one file is not whole', async () => {
    const input = recipe('torn');
    const stop = failingDisk({ operations: ['create'], location: 'shards.00009', failAt: 1, times: 'always' });
    await failJob(input, { plugins: { ...byLanguage.plugins, ...stop } });
    const state = join(folder, 'torn', '.riffle');
    const run = join(
      state,
      readdirSync(state).find((name) => name.startsWith('run-'))!,
    );
    const whole = new Set(
      [...readFileSync(join(run, 'journal.jsonl'), 'utf8').matchAll(/"shard":(\d+),"file"/g)].map(([, shard]) => shard),
    );
    expect(whole).toContain('0');
    copyFileSync(join(run, 'shards', '00001-00000.parquet'), join(run, 'shards', '00000-00001.parquet'));
    const { events } = await doJob(input, { ...byLanguage, resume: true });
    expect(eventsOf(events, 'resumed')[0]!.shards).toBe(whole.size - 1);
    expect(readManifest(join(folder, 'torn')).digest).toBe(readManifest(join(folder, 'hive')).digest);
  });
});

describe('a partitioned result gives way to another', () => {
  it('and leaves nothing of itself', async () => {
    await doJob(recipe('replaced'), byLanguage);
    await doJob(recipe('replaced', { overwrite: true }), bySpeech);
    expect(filesIn('replaced').filter((path) => !path.startsWith('year='))).toEqual([]);
    await doJob(recipe('replaced', { overwrite: true }));
    expect(everythingIn(join(folder, 'replaced')).filter((path) => !path.startsWith('.riffle'))).toEqual(
      Array.from({ length: 12 }, (_, shard) => `${String(shard).padStart(5, '0')}.parquet`),
    );
    expect((await verifyResult(join(folder, 'replaced'))).ok).toBe(true);
  });
});

describe('what cannot be partitioned is refused', () => {
  it.each([
    [
      'a column that is not there',
      { column: 'tongue', kept: false },
      2,
      'there is no column tongue. The columns are row,',
    ],
    ['a column of lists', { column: 'rare', kept: false }, 2, 'only texts, whole numbers and booleans'],
    ['an empty text where it would be a name', { column: 'language', kept: true }, 1, 'an empty text is no name'],
    ['a text that readers take for no value', { column: 'misleading', kept: false }, 1, 'take the text __HIVE_DEFAULT'],
    ['a value that is too long', { column: 'ballast', kept: false }, 1, 'bytes as the name of a folder'],
  ])('%s', async (_, by, exitCode, message) => {
    const { error } = await failJob(recipe('refused'), { plugins: { layout: layout(by) } });
    expect(error).toMatchObject({ code: 'PARTITION_INVALID', exitCode });
    expect(error.message).toContain(message);
    expect(filesIn('refused')).toEqual([]);
  });

  it('a format that needs whole shards', async () => {
    const plugins = { ...byLanguage.plugins, writer: wrapperPlugin('indexing-writer', { names: ['index.json'] }) };
    const { error } = await failJob(recipe('refused'), { plugins });
    expect(error.message).toContain('needs whole shards');
  });
});
