import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { makeBatch, openDuckDB, queryRows, sameMultiset, sqlText } from '@riffle/testkit';
import { Field, Int32, List, Schema, Struct, Utf8 } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, failJob } from './support/job.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { writeByParquetWasm } from './support/write-parquet.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => duckdb.closeSync());

const number = (name: string) => new Field(name, new Int32(), true);
const text = (name: string) => new Field(name, new Utf8(), true);
const struct = (name: string, ...fields: Field[]) => new Field(name, new Struct(fields), true);
const list = (name: string, element: Field) => new Field(name, new List(element), true);

function write(path: string, fields: readonly Field[], rows = 50): string {
  const location = join(folder, path);
  writeByParquetWasm(location, makeBatch(new Schema([...fields]), { rows, seed: rows, nullShare: 0.2 }));
  return location;
}

/** What DuckDB would not write: its file with `column_2` renamed in the footer, to a name of as many bytes. */
async function writeRenamed(path: string, columns: string, name: string): Promise<string> {
  const location = join(folder, path);
  mkdirSync(dirname(location), { recursive: true });
  await duckdb.run(`COPY (SELECT ${columns} FROM range(30) numbers(i)) TO ${sqlText(location)} (FORMAT parquet)`);
  writeFileSync(location, readFileSync(location).toString('latin1').replaceAll('column_2', name), 'latin1');
  return location;
}

/** Every name of a file's schema tree, without its root: as it is stored, which SQL's own column names are not. */
async function storedNames(file: string): Promise<unknown[]> {
  const rows = await queryRows(duckdb, `SELECT name FROM parquet_schema(${sqlText(file)})`);
  return rows.slice(1).map((row) => row['name']);
}

/** Delivers some files of the same columns: the names in the result, and whether DuckDB finds the same rows in it. */
async function deliver(name: string, files: readonly string[]): Promise<unknown> {
  const output = join(folder, `${name} out`);
  const { report } = await doJob({ collections: [{ name: 'c', path: join(folder, name) }], output, shards: 1 });
  const { same } = await sameMultiset(duckdb, files, join(output, '*.parquet'));
  return { lost: report.lost, names: await storedNames(join(output, '00000.parquet')), same };
}

describe('names of columns and of nested fields are carried through exactly', () => {
  it.each<[string, readonly Field[]]>([
    ['the same name twice', [number('a'), number('a')]],
    ['names that differ only in case', [number('a'), text('A')]],
    ['an empty name', [number(''), text('b')]],
    ['dots, beside the struct they seem to mean', [number('a.b'), struct('a', number('b'))]],
    ['the same, the struct first', [struct('a', text('b')), number('a.b')]],
    [
      'quotes, newlines, right-to-left override, control characters',
      [number(`x"y'z\``), text('n\nl'), number('\u202ertl'), text('\u001b[31m')],
    ],
    ['names of 70,000 characters', [number('n'.repeat(70_000))]],
    ['names that look alike', [number('é'), number('e\u0301'), text('👋')]],
    [
      'names with a meaning elsewhere',
      [number('__index_level_0__'), number('schema'), text('list'), number('element')],
    ],
    ['nested: the same name twice', [struct('s', number('x'), text('x'))]],
    ['nested: names that differ only in case', [struct('s', number('x'), text('X'))]],
    ['nested: empty names', [struct('s', number(''), text('y')), struct('', number(''))]],
    ['nested: dots', [struct('s', number('a.b'), struct('a', text('b')))]],
    ['nested: names of list elements', [list('l', number('')), list('k', struct('item', number('x'), number('x')))]],
  ])('%s', async (name, fields) => {
    const files = [write(`${name}/1.parquet`, fields, 50), write(`${name}/2.parquet`, fields, 31)];
    expect(await deliver(name, files)).toEqual({ lost: [], names: await storedNames(files[0]!), same: true });
  });

  it('the same name twice with two types', async () => {
    const files = [
      await writeRenamed('two types/1.parquet', 'i::INTEGER AS column_1, i::VARCHAR AS column_2', 'column_1'),
      await writeRenamed('two types/2.parquet', 'i::INTEGER AS column_1, i::VARCHAR AS column_2', 'column_1'),
    ];
    expect(await deliver('two types', files)).toEqual({ lost: [], names: ['column_1', 'column_1'], same: true });
  });

  it('columns that differ only in case, in another order in each file', async () => {
    const one = write('swapped/1.parquet', [number('a'), text('A'), number('b')]);
    const output = join(folder, 'swapped out');
    write('swapped/2.parquet', [number('b'), text('A'), number('a')], 31);
    const { report } = await doJob({ collections: [{ name: 'c', path: join(folder, 'swapped') }], output, shards: 1 });
    expect(report.rows).toBe(81);
    expect(await storedNames(join(output, '00000.parquet'))).toEqual(await storedNames(one));
  });
});

describe('what cannot be carried through is refused, with the reason', () => {
  const refused = async (name: string) => {
    write(`${name}/good.parquet`, [number('a')], 5);
    const output = join(folder, `${name} out`);
    const { report } = await doJob({ collections: [{ name: 'c', path: join(folder, name) }], output, shards: 1 });
    expect(report.rows).toBe(5);
    expect(report.lost).toHaveLength(1);
    return report.lost[0]!;
  };

  it('a file without columns', async () => {
    write('no columns/bad.parquet', []);
    expect(await refused('no columns')).toEqual({
      collection: 'c',
      path: 'bad.parquet',
      code: 'UNSUPPORTED_CONTENT',
      kind: 'unsupported',
      reason: 'It has no columns.',
    });
  });

  it.each([
    ['of a column', [number('a\u0000b')]],
    ['of a nested field', [struct('s', number('a\u0000b'))]],
  ])('a null byte in the name %s', async (name, fields) => {
    write(`null ${name}/bad.parquet`, fields);
    expect(await refused(`null ${name}`)).toMatchObject({
      code: 'UNSUPPORTED_CONTENT',
      reason: expect.stringMatching(/^The name of column (s\.)?a.b holds a null byte, which Riffle cannot carry\.$/),
    });
  });

  it('a name that is not UTF-8', async () => {
    await writeRenamed('not UTF-8/bad.parquet', 'i::INTEGER AS column_1, i::VARCHAR AS column_2', 'column\xff2');
    expect(await refused('not UTF-8')).toMatchObject({
      code: 'UNSUPPORTED_CONTENT',
      reason: expect.stringMatching(/^Its schema cannot be read: .*invalid utf8/),
    });
  });

  it('one name twice, with the types the other way round in another file: which is which cannot be told', async () => {
    await writeRenamed('crossed/1.parquet', 'i::INTEGER AS column_1, i::VARCHAR AS column_2', 'column_1');
    await writeRenamed('crossed/2.parquet', 'i::VARCHAR AS column_1, i::INTEGER AS column_2', 'column_1');
    const collections = [{ name: 'c', path: join(folder, 'crossed') }];
    const { error } = await failJob({ collections, output: join(folder, 'crossed out') });
    expect(error).toMatchObject({
      code: 'SCHEMA_CONFLICT',
      exitCode: 1,
      message: expect.stringMatching(/\nColumn column_1 is int32 in c\/1\.parquet and string in c\/2\.parquet\./),
    });
  });
});
