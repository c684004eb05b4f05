import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  createTypeTable,
  openDuckDB,
  rowsOf,
  typeCatalogue,
  typeShapes,
  withSection,
  type CanonicalRow,
  type TypeCase,
} from '@riffle/testkit';
import { Field, makeData, RecordBatch, Schema, Struct, type DataType } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchOfColumns, columnsOfBatch, conversionTo, convertBatch, plainType } from '@riffle/columnar';
import { doJob } from './support/job.ts';
import { expectedSources } from './support/result.ts';
import { columnTypes, rowHashes, shardFiles } from './support/row-hashes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { readParquet, writeByParquetWasm, writeByRiffle } from './support/write-parquet.ts';

const folder = temporaryFolder();
const page = new URL('../../../docs/reference/arrow-types.md', import.meta.url);
const table = createTypeTable();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => duckdb.closeSync());

interface Group {
  readonly name: string;
  readonly cases: readonly TypeCase[];
  readonly write: (path: string, batch: RecordBatch) => void | Promise<void>;
}

/** One job for all types of a shape. Null columns go apart, since apache-arrow writes them in a way that parquet-wasm refuses. */
const groups: readonly Group[] = [
  ...typeShapes.map((shape) => ({
    name: shape,
    // Dates in milliseconds become days, which packages/treaty and tools/consumers hold: here all is as it was.
    cases: typeCatalogue.filter(
      (entry) => entry.shape === shape && entry.type !== 'null' && entry.type !== 'date64[ms]',
    ),
    write: writeByParquetWasm,
  })),
  { name: 'null in every shape', cases: typeCatalogue.filter((entry) => entry.type === 'null'), write: writeByRiffle },
];

/** The columns of several cases side by side, named by their titles. */
function sideBySide(cases: readonly TypeCase[], rows: number, seed: number): RecordBatch {
  const made = cases.map((entry) => entry.make(rows, seed));
  const fields = made.map((batch, index) => new Field(cases[index]!.title, batch.schema.fields[0]!.type, true));
  const children = made.map((batch) => batch.data.children[0]!);
  return new RecordBatch(
    new Schema(fields),
    makeData({ type: new Struct(fields), length: rows, nullCount: 0, children }),
  );
}

describe.each(groups)('every type: $name', ({ name, cases, write }) => {
  const files = ['00000/a', '00000/b', '00001/c'].map((path) => join(folder, name, `in/${path}.parquet`));
  const output = join(folder, name, 'out');
  const sources: CanonicalRow[] = [];
  const found: CanonicalRow[] = [];
  let types: ReadonlyMap<string, string>;

  beforeAll(async () => {
    for (const [index, rows] of [61, 8, 40].entries()) {
      const batch = sideBySide(cases, rows, index);
      await write(files[index]!, batch);
      sources.push(...rowsOf(batch));
    }
    for (const entry of cases) table.saw(entry, '**failed**');
    await doJob({
      collections: [{ name: 'types', path: join(folder, name, 'in') }],
      output,
      shards: 4,
      strategy: 'spill',
    });
    const batches = shardFiles(output).flatMap((file) => readParquet(readFileSync(file)));
    found.push(...batches.flatMap((batch) => rowsOf(batch)));
    types = new Map(batches[0]!.schema.fields.map((field) => [field.name, String(field.type)]));
  });

  it.each(cases.map((entry) => [entry.title, entry] as const))('%s', (title, entry) => {
    expect(types.get(title)).toBe(String(plainType(entry.make(1).schema.fields[0]!.type)));
    const values = sources.map((row) => row[title]);
    expect(values.length).toBe(109);
    expect(found.map((row) => row[title])).toEqual(expectedSources(109).map((source) => values[source]));
    table.saw(entry, 'passed');
  });

  it('is the same to DuckDB, row by row', async () => {
    // DuckDB refuses timestamps that pass the range of its own, which the made ones do.
    const columns = new Map(
      [...(await columnTypes(duckdb, files[0]!))].filter(([, type]) => !type.includes('TIMESTAMP')),
    );
    expect(columns.size).toBeGreaterThanOrEqual(Math.min(cases.length, 40));
    const before = await rowHashes(duckdb, files, columns);
    expect(await rowHashes(duckdb, shardFiles(output), columns)).toEqual(
      BigUint64Array.from(expectedSources(109), (source) => before[source]!),
    );
  });
});

describe('dates in milliseconds become days, as Parquet has them', () => {
  const dates = typeCatalogue.filter(({ type }) => type === 'date64[ms]');

  it.each(dates.map((entry) => [entry.title, entry] as const))('%s', async (title, entry) => {
    table.saw(entry, '**failed**');
    const batch = sideBySide([entry], 40, 1);
    writeByParquetWasm(join(folder, title, 'in/a.parquet'), batch);
    const output = join(folder, title, 'out');
    await doJob({ collections: [{ name: 'dates', path: join(folder, title, 'in') }], output, shards: 1 });
    const [found] = readParquet(readFileSync(shardFiles(output)[0]!));
    const wanted = String(batch.schema.fields[0]!.type).replace('Date64<MILLISECOND>', 'Date32<DAY>');
    expect(String(found!.schema.fields[0]!.type)).toBe(wanted);
    const conversion = conversionTo(
      batch.schema.fields[0]!.type as DataType,
      found!.schema.fields[0]!.type as DataType,
    );
    const days = batchOfColumns(
      found!.schema,
      convertBatch(columnsOfBatch(batch), found!.schema, [{ source: 0, conversion }]),
    );
    const sources = rowsOf(days);
    expect(rowsOf(found!)).toEqual(expectedSources(40).map((source) => sources[source]));
    table.saw(entry, 'becomes date32');
  });
});

describe('docs/reference/arrow-types.md', () => {
  it('says what was seen', () => {
    // A run of some of the tests must not write a page of holes.
    expect(table.missing()).toEqual([]);
    const before = readFileSync(page, 'utf8');
    const after = withSection(before, 'whole job', table.toMarkdown());
    if (after !== before && process.env['CI'] === undefined) writeFileSync(page, after);
    expect(
      before,
      'The page differed from what was seen. Outside CI it has been rewritten: look at it and commit it.',
    ).toBe(after);
  });
});
