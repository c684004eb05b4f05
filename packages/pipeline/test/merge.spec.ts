import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  Decimal,
  LargeUtf8,
  List,
  Schema,
  Struct,
  Utf8,
  type DataType,
} from 'apache-arrow';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeBatch, openDuckDB, queryRows, rowsOf, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob, planJob } from './support/job.ts';
import { everythingIn, expectedSources } from './support/result.ts';
import { shardFiles } from './support/row-hashes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { readParquet, writeByParquetWasm, writeRandomRows } from './support/write-parquet.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => duckdb.closeSync());

const file = (name: string, collection: string) => join(folder, name, collection, '00000/data.parquet');
const recipe = (name: string, ...collections: readonly string[]) => ({
  collections: collections.map((collection) => ({ name: collection, path: join(folder, name, collection) })),
  output: join(folder, name, 'out'),
  shards: 2,
});
const rows = (path: string) => readParquet(readFileSync(path)).flatMap((batch) => rowsOf(batch));

describe('schemas that agree', () => {
  it('up to column order: columns go by name, in the order of the first collection', async () => {
    const fields = [
      new Field('a', new Int32(), true),
      new Field('b', new Utf8(), true),
      new Field('c', new List(new Field('item', new Int32(), true)), true),
    ];
    await writeRandomRows(file('order', 'one'), new Schema(fields), 30);
    await writeRandomRows(file('order', 'two'), new Schema([fields[2]!, fields[0]!, fields[1]!]), 20);
    await doJob(recipe('order', 'one', 'two'));
    const sources = [...rows(file('order', 'one')), ...rows(file('order', 'two'))];
    const found = shardFiles(join(folder, 'order/out')).flatMap(rows);
    expect(found).toEqual(expectedSources(50).map((source) => sources[source]));
    expect(Object.keys(found[0]!)).toEqual(['a', 'b', 'c']);
  });

  it('up to nullability, at every level: nullable where any is', async () => {
    const schema = (outer: boolean, inner: boolean) =>
      new Schema([
        new Field('always', new Int32(), false),
        new Field('list', new List(new Field('item', new Struct([new Field('x', new Int32(), inner)]), inner)), outer),
      ]);
    await writeRandomRows(file('null', 'one'), schema(false, true), 30);
    await writeRandomRows(file('null', 'two'), schema(true, false), 20);
    await doJob(recipe('null', 'one', 'two'));
    const [shard] = shardFiles(join(folder, 'null/out'));
    const written = readParquet(readFileSync(shard!))[0]!.schema;
    const list = written.fields[1]!;
    expect(written.fields.map(({ name, nullable }) => `${name} ${nullable}`)).toEqual(['always false', 'list true']);
    expect(list.type.children[0]!.nullable).toBe(true);
    expect(list.type.children[0]!.type.children[0]!.nullable).toBe(true);
    const sources = [...rows(file('null', 'one')), ...rows(file('null', 'two'))];
    expect(shardFiles(join(folder, 'null/out')).flatMap(rows)).toEqual(
      expectedSources(50).map((source) => sources[source]),
    );
  });

  it('up to dictionaries: they become their values', async () => {
    const dictionary = new Schema([
      new Field('speaker', new Dictionary(new Utf8(), new Int32()), true),
      new Field('n', new Int32(), true),
    ]);
    writeByParquetWasm(file('dictionary', 'one'), makeBatch(dictionary, { rows: 40, seed: 1, nullShare: 0.2 }));
    await writeRandomRows(
      file('dictionary', 'two'),
      new Schema([new Field('speaker', new Utf8(), true), new Field('n', new Int32(), true)]),
      20,
    );
    await doJob(recipe('dictionary', 'one', 'two'));
    const sources = [...rows(file('dictionary', 'one')), ...rows(file('dictionary', 'two'))];
    expect(new Set(sources.map((row) => row['speaker'])).size).toBeGreaterThan(2);
    const shards = shardFiles(join(folder, 'dictionary/out'));
    expect(shards.flatMap(rows)).toEqual(expectedSources(60).map((source) => sources[source]));
    expect(String(readParquet(readFileSync(shards[0]!))[0]!.schema.fields[0]!.type)).toBe('Utf8');
  });
});

describe('metadata', () => {
  const keyValues = async (path: string) =>
    new Map(
      (
        await queryRows(
          duckdb,
          `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${sqlText(path)})`,
        )
      ).map((row) => [row['key'], row['value']]),
    );
  const field = (metadata: Readonly<Record<string, string>>) =>
    new Field('a', new Int32(), true, new Map(Object.entries(metadata)));

  it('of schema, file and fields is kept where all collections agree, and dropped where they differ', async () => {
    const features = JSON.stringify({ info: { features: { a: { dtype: 'int32', _type: 'Value' } } } });
    const schema = (index: number) =>
      new Schema(
        [field({ unit: 'ms', differs: String(index) })],
        new Map([
          ['huggingface', features],
          ['by', `writer ${index}`],
        ]),
      );
    for (const [index, name] of ['one', 'two'].entries()) {
      const batch = makeBatch(schema(index), { rows: 10, seed: 1, nullShare: 0.2 });
      writeByParquetWasm(file('metadata', name), batch, {
        huggingface: features,
        'file level': 'same',
        other: String(index),
        ...(index === 0 ? { once: 'x' } : {}),
      });
    }
    await doJob(recipe('metadata', 'one', 'two'));
    for (const shard of shardFiles(join(folder, 'metadata/out'))) {
      const ofFile = await keyValues(shard);
      expect(ofFile.get('huggingface')).toBe(features);
      expect(ofFile.get('file level')).toBe('same');
      expect(new Set(ofFile.keys())).toEqual(new Set(['ARROW:schema', 'file level', 'huggingface']));
      const { schema: read } = readParquet(readFileSync(shard))[0]!;
      expect(read.metadata.get('huggingface')).toBe(features);
      expect(Object.fromEntries(read.fields[0]!.metadata)).toMatchObject({ unit: 'ms' });
      expect(read.fields[0]!.metadata.has('differs')).toBe(false);
    }
  });

  it('huggingface is written in both places if the inputs have it in ARROW:schema alone, or as a key of the file alone', async () => {
    const features = '{"info":{"features":{"a":{"dtype":"int32","_type":"Value"}}}}';
    const batch = (metadata: Readonly<Record<string, string>>) =>
      makeBatch(new Schema([field({})], new Map(Object.entries(metadata))), { rows: 10, seed: 1, nullShare: 0 });
    writeByParquetWasm(file('arrow only', 'one'), batch({ huggingface: features }));
    writeByParquetWasm(file('file only', 'one'), batch({}), { huggingface: features });
    for (const name of ['arrow only', 'file only']) {
      await doJob(recipe(name, 'one'));
      const [shard] = shardFiles(join(folder, name, 'out'));
      expect((await keyValues(shard!)).get('huggingface')).toBe(features);
      expect(readParquet(readFileSync(shard!))[0]!.schema.metadata.get('huggingface')).toBe(features);
    }
  });
});

describe('schemas that differ without a loss', () => {
  const writeDuck = async (path: string, query: string) => {
    mkdirSync(dirname(path), { recursive: true });
    await duckdb.run(`COPY (${query}) TO ${sqlText(path)} (FORMAT parquet)`);
  };

  it('are widened: every value is the same, in the least type that holds both, and what one has not is null', async () => {
    await writeDuck(
      file('widen', 'one'),
      "SELECT i::INTEGER AS n, [i::INTEGER] AS l, {'x': i::SMALLINT} AS s, 'a' || i AS extra FROM range(40) t(i)",
    );
    await writeDuck(
      file('widen', 'two'),
      "SELECT {'y': 'b' || i, 'x': i::BIGINT} AS s, [i::BIGINT * 5000000000] AS l, i::BIGINT * 5000000000 AS n FROM range(30) t(i)",
    );
    const { columns } = await planJob(recipe('widen', 'one', 'two'));
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'n int64',
      'l list<int64>',
      's struct<x: int64, y: string>',
      'extra string',
    ]);
    await doJob(recipe('widen', 'one', 'two'));
    const files = `read_parquet(${sqlText(join(folder, 'widen/out/*.parquet'))})`;
    const sources = `SELECT n::BIGINT AS n, l::BIGINT[] AS l, {'x': s.x::BIGINT, 'y': NULL::VARCHAR} AS s, extra FROM ${sqlText(file('widen', 'one'))}
      UNION ALL SELECT n, l, {'x': s.x, 'y': s.y} AS s, NULL AS extra FROM ${sqlText(file('widen', 'two'))}`;
    const difference = `(${sources} EXCEPT ALL SELECT * FROM ${files}) UNION ALL (SELECT * FROM ${files} EXCEPT ALL (${sources}))`;
    expect(await queryRows(duckdb, `SELECT count(*)::INTEGER AS rows FROM (${difference})`)).toEqual([{ rows: 0 }]);
    expect(await queryRows(duckdb, `SELECT count(*)::INTEGER AS rows FROM ${files}`)).toEqual([{ rows: 70 }]);
  });

  it('but a value that the agreed type cannot hold makes a bad shard, naming column, row and value', async () => {
    await writeDuck(file('checked', 'one'), 'SELECT i::BIGINT AS n FROM range(10) t(i)');
    await writeDuck(
      file('checked', 'two'),
      'SELECT CASE WHEN i = 7 THEN 18446744073709551615 ELSE i END::UBIGINT AS n FROM range(10) t(i)',
    );
    const { report } = await doJob(recipe('checked', 'one', 'two'));
    expect(report.rows).toBe(10);
    expect(report.lost).toMatchObject([
      {
        collection: 'two',
        code: 'UNSUPPORTED_CONTENT',
        reason: expect.stringMatching(/column n, row 7: 18446744073709551615 cannot become int64/),
      },
    ]);
  });

  it('as rules of the recipe say', async () => {
    await writeDuck(file('rules', 'one'), "SELECT i::INTEGER AS id, i::VARCHAR AS n, 'x' AS junk FROM range(10) t(i)");
    await writeDuck(
      file('rules', 'two'),
      "SELECT i::INTEGER AS key, i::INTEGER AS n, 'de' AS lang FROM range(10) t(i)",
    );
    await doJob({
      ...recipe('rules', 'one', 'two'),
      columns: { rename: { two: { key: 'id' } }, drop: ['junk'], cast: { n: 'int16' }, default: { lang: 'en' } },
    });
    const found = await queryRows(
      duckdb,
      `SELECT lang, count(*)::INTEGER AS rows, sum(n)::INTEGER AS n, sum(id)::INTEGER AS id, any_value(typeof(n)) AS type FROM read_parquet(${sqlText(join(folder, 'rules/out/*.parquet'))}) GROUP BY lang ORDER BY lang`,
    );
    expect(found).toEqual(['de', 'en'].map((lang) => ({ lang, rows: 10, n: 45, id: 45, type: 'SMALLINT' })));
  });

  it('and rules that apply to nothing are refused', async () => {
    await writeDuck(file('unused', 'one'), 'SELECT 1 AS id');
    const { error } = await failJob({ ...recipe('unused', 'one'), shards: 1, columns: { drop: ['idd'] } });
    expect(error).toMatchObject({ code: 'RECIPE_INVALID', message: expect.stringMatching(/columns\.drop.*idd/) });
  });
});

describe('schemas that do not agree under schema: strict', () => {
  const strict = (...named: Parameters<typeof recipe>) => ({ ...recipe(...named), schema: 'strict' as const });

  const conflicts: readonly [string, DataType, DataType, string, RegExp][] = [
    ['numbers', new Int32(), new Int64(), 'value', /int32.*int64/],
    ['text', new Utf8(), new LargeUtf8(), 'value', /string.*large_string/],
    [
      'lists',
      new List(new Field('item', new Int32(), true)),
      new List(new Field('item', new Float64(), true)),
      'value',
      /int32.*float64/,
    ],
    [
      'structs',
      new Struct([new Field('x', new Int32(), true)]),
      new Struct([new Field('x', new Utf8(), true)]),
      'value',
      /int32.*string/,
    ],
    [
      'scales of decimals',
      new Decimal(2, 9, 128),
      new Decimal(4, 9, 128),
      'value',
      /decimal128\(9, 2\).*decimal128\(9, 4\)/,
    ],
  ];

  it.each(conflicts)('%s: names both files, the column and the two types', async (name, one, other, column, types) => {
    await writeRandomRows(file(name, 'one'), new Schema([new Field('value', one, true)]), 5);
    await writeRandomRows(file(name, 'two'), new Schema([new Field('value', other, true)]), 5);
    const { error } = await failJob(strict(name, 'one', 'two'));
    expect(error).toMatchObject({
      code: 'SCHEMA_CONFLICT',
      exitCode: 1,
      details: { column, files: ['one/00000/data.parquet', 'two/00000/data.parquet'], types: { length: 2 } },
    });
    expect(error.message).toMatch(types);
    for (const part of [column, 'one/00000/data.parquet', 'two/00000/data.parquet'])
      expect(error.message).toContain(part);
    expect(everythingIn(join(folder, name, 'out'))).toEqual(['.riffle/', '.riffle/log.jsonl']);
  });

  it.each([
    ['missing', ['a', 'b'], ['a'], /Column b is string in one\/\S+ and absent in two\//],
    ['additional', ['a'], ['a', 'b'], /Column b is string in two\/\S+ and absent in one\//],
  ])('a column is %s in the second', async (name, one, two, message) => {
    const schema = (names: readonly string[]) => new Schema(names.map((column) => new Field(column, new Utf8(), true)));
    await writeRandomRows(file(name, 'one'), schema(one), 5);
    await writeRandomRows(file(name, 'two'), schema(two), 5);
    const { error } = await failJob(strict(name, 'one', 'two'));
    expect(error).toMatchObject({ code: 'SCHEMA_CONFLICT', message: expect.stringMatching(message) });
  });

  it('within one collection, too', async () => {
    await writeRandomRows(
      join(folder, 'inside/one/00000/a.parquet'),
      new Schema([new Field('value', new Int32(), true)]),
      5,
    );
    await writeRandomRows(
      join(folder, 'inside/one/00001/b.parquet'),
      new Schema([new Field('value', new Utf8(), true)]),
      5,
    );
    const { error } = await failJob(strict('inside', 'one'));
    expect(error.message).toMatch(
      /Column value is int32 in one\/00000\/a\.parquet and string in one\/00001\/b\.parquet/,
    );
  });
});
