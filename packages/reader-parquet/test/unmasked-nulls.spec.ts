import { isBadContent } from '@riffle/core';
import { makeBatch, memoryFile, nestedTypes, rowsOf, type CanonicalRow } from '@riffle/testkit';
import { Field, Int32, Schema, type DataType, type RecordBatch } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { createParquetReader } from '../src/index.ts';
import { writeParquet } from './write-parquet.ts';

const reader = createParquetReader();
const targets = [2 ** 24, 1000];

async function readRows(bytes: Uint8Array, targetBatchBytes: number): Promise<CanonicalRow[]> {
  const rows: CanonicalRow[] = [];
  for await (const batch of reader.read(memoryFile('file', bytes), 0, { targetBatchBytes }))
    rows.push(...rowsOf(batch));
  return rows;
}

async function refusals(bytes: Uint8Array): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const target of targets) {
    const thrown: unknown = await readRows(bytes, target).catch((error: unknown) => error);
    found.push(isBadContent(thrown) ? [thrown.code, thrown.details['kind'], thrown.message] : thrown);
  }
  return found;
}
const refused = (column: string): unknown[] =>
  targets.map(() => [
    'BAD_CONTENT',
    'decode',
    `Column ${column} of row group 0 cannot be decoded: it holds null where its schema allows none.`,
  ]);

const plainly = (batch: RecordBatch): Uint8Array =>
  writeParquet(batch, (builder) => builder.setDictionaryEnabled(false).setCompression(0));

/** The kinds of nesting around a type: one column `outer` that may be null. */
const around: readonly [string, (inner: DataType) => DataType, string][] = [
  ['at the top', (inner) => inner, 'outer'],
  ...Object.entries(nestedTypes).map(([kind, nest]): [string, (inner: DataType) => DataType, string] => [
    `within a ${kind}`,
    (inner) => nest(inner, true),
    { struct: 'outer.inner', map: 'outer.entries.value' }[kind] ?? 'outer.list.item',
  ]),
];

const mapType = nestedTypes['map']!(new Int32(), true);

describe.each(around)('%s', (_, nest, path) => {
  test('a map whose keys are null is refused', async () => {
    const schema = new Schema([new Field('outer', nest(mapType), true)]);
    const batch = makeBatch(schema, { rows: 600, seed: 3, nullShare: 0.2 });
    const bytes = Buffer.from(plainly(batch));
    for (const target of targets) expect(await readRows(bytes, target)).toEqual(rowsOf(batch));
    // The last key in the schema becomes optional, by its field 3: levels that said "there" say "null" then.
    const at = bytes.lastIndexOf(Buffer.from('\u0025\u0000\u0018\u0003key', 'latin1'));
    bytes[at + 1] = 2;
    const found = await refusals(bytes);
    // In a struct with other columns, the codec itself stops at the disagreement.
    if (path === 'outer.inner') expect(JSON.stringify(found)).toMatch(/BAD_CONTENT.*the codec stop.*BAD_CONTENT/);
    else expect(found).toEqual(refused(`${path}.entries.key`));
  });
});

/** Every nesting of two kinds, with and without nulls at each level. */
const kinds = Object.keys(nestedTypes);
const nestings = kinds.flatMap((outer) => kinds.map((inner): [string, string] => [outer, inner]));

test.each(nestings)('%s around %s: nulls below nulls are read as before, whole and in slices', async (outer, inner) => {
  const flags = [false, true];
  const fields = flags.flatMap((first) =>
    flags.flatMap((second) =>
      flags.map((third) => {
        const type = nestedTypes[outer]!(nestedTypes[inner]!(new Int32(), third), second);
        return new Field(`${first} ${second} ${third}`, type, first);
      }),
    ),
  );
  const batch = makeBatch(new Schema(fields), { rows: 300, seed: 5, nullShare: 0.3, sliceStart: 3 });
  const bytes = plainly(batch);
  for (const target of targets) expect(await readRows(bytes, target)).toEqual(rowsOf(batch));
});
