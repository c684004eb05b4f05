import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalRowsByDuckDB, openDuckDB, rowsOf, seededRandom } from '@riffle/testkit';
import {
  Binary,
  Field,
  Int32,
  LargeBinary,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
  type DataType,
} from 'apache-arrow';
import { afterAll, describe, expect, it } from 'vitest';
import { leavesOf } from '../src/leaves.ts';
import { encodingsOf, nullCounts, pageLocations } from './footer.ts';
import { encodeAtOnce, readRows, tuningOf, writeFile } from './write-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'riffle-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const audio = (nullable: boolean, type: DataType = new Binary()) =>
  new Struct([new Field('bytes', type, nullable), new Field('path', new Utf8(), true)]);
const withLabel = (field: Field) => new Schema([new Field('label', new Int32(), true), field]);

/** Values of up to 60 kB, some of them empty or null, below structs of which some are null. */
function batchOf(schema: Schema, rows: number, seed: number, nulls: number): RecordBatch {
  const random = seededRandom(seed);
  const value = (type: DataType, nullable: boolean): unknown => {
    if (nullable && random.chance(nulls)) return null;
    if (type instanceof Struct)
      return Object.fromEntries(type.children.map((child: Field) => [child.name, value(child.type, child.nullable)]));
    if (type instanceof Int32) return random.below(1000);
    if (type instanceof Utf8) return `clip-${random.below(1e6)}.flac`;
    return random.chance(0.1) ? new Uint8Array(0) : Buffer.alloc(random.below(60_000), random.below(256));
  };
  const children = schema.fields.map(
    (field) =>
      vectorFromArray(
        Array.from({ length: rows }, () => value(field.type, field.nullable)),
        field.type,
      ).data[0]!,
  );
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }));
}

const schemas: Readonly<Record<string, Schema>> = {
  required: withLabel(new Field('bytes', new Binary(), false)),
  nullable: withLabel(new Field('bytes', new LargeBinary(), true)),
  'in a required struct': withLabel(new Field('audio', audio(true), false)),
  'in a nullable struct': withLabel(new Field('audio', audio(true), true)),
  'required in a nullable struct in a nullable struct': withLabel(
    new Field('item', new Struct([new Field('audio', audio(false), true), new Field('id', new Int32(), true)]), true),
  ),
};

describe.each(Object.entries(schemas))('large values that are not compressed, %s', (name, schema) => {
  const paths = leavesOf(schema).map(({ path }) => path);
  const tuning = {
    version: 1,
    leaves: paths.map((path) => ({ path, encoding: 'PLAIN', compressed: false })),
  };
  const large = paths.findIndex((path) => path.at(-1) === 'bytes');

  it.each([0, 0.2, 0.95])(
    'are read by parquet-wasm and DuckDB as they are, %d of them null at each level',
    async (nulls) => {
      const batches = [70, 1, 200].map((rows, seed) => batchOf(schema, rows, seed, nulls));
      const { bytes } = await writeFile(batches, { tuning });
      const expected = batches.flatMap((batch) => rowsOf(batch));
      expect(readRows(bytes)).toEqual(expected);
      expect(nullCounts(bytes)).toEqual(nullCounts(encodeAtOnce(batches)));
      expect(Object.values(encodingsOf(bytes))).toEqual(paths.map(() => 'PLAIN UNCOMPRESSED'));
      const file = join(folder, `${name} ${nulls}.parquet`);
      writeFileSync(file, bytes);
      const connection = await openDuckDB();
      expect(await canonicalRowsByDuckDB(connection, file)).toEqual(expected);
      connection.closeSync();
    },
  );

  it('stand in pages of about a megabyte, to which the offset index points', async () => {
    const { bytes } = await writeFile([batchOf(schema, 300, 9, 0.1)], { tuning });
    const pages = pageLocations(bytes)[large]!;
    expect(pages.length).toBeGreaterThan(4);
    expect(pages[0]!.firstRow).toBe(0);
    for (const [index, { offset, bytes: length }] of pages.slice(0, -1).entries()) {
      expect(offset + length).toBe(pages[index + 1]!.offset);
      expect(length).toBeGreaterThan(2 ** 20);
      expect(length).toBeLessThan(2 ** 20 + 61_000);
    }
  });
});

it('a batch of large values and one of small ones follow each other in one chunk', async () => {
  const schema = schemas['nullable']!;
  const small = batchOf(schema, 50, 3, 1);
  const batches = [batchOf(schema, 50, 1, 0.1), small, batchOf(schema, 50, 2, 0.1)];
  const { bytes } = await writeFile(batches, { tuning: tuningOf([['label'], ['bytes']], 'PLAIN') });
  expect(readRows(bytes)).toEqual(batches.flatMap((batch) => rowsOf(batch)));
});
