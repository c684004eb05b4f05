import { describe, expect, test } from 'vitest';
import { makeBatch, nestedTypes, rowsOf, seededRandom } from '@riffle/testkit';
import { Field, Int32, Int64, Schema, Utf8, type RecordBatch } from 'apache-arrow';
import createWriter from '../src/index.ts';
import { projectSchema } from '../src/project.ts';
import { leavesOf } from '../src/leaves.ts';
import { batchOf, integers, longs, structOf, texts } from './batches.ts';
import { encodingsOf, nullCounts } from './footer.ts';
import { encodeAtOnce, readRows, tuningOf, writeFile } from './write-file.ts';

const nested = nestedTypes['struct']!(
  nestedTypes['map']!(nestedTypes['list']!(nestedTypes['struct']!(new Utf8(), true), true), true),
  true,
);
const schema = new Schema([
  new Field('id', new Int64(), false),
  new Field('nested', nested, true),
  new Field('list', nestedTypes['list']!(new Int32(), true), true),
]);
const paths = leavesOf(schema).map(({ path }) => path);
const batches = Array.from({ length: 30 }, (_, seed) =>
  makeBatch(schema, { rows: 1 + ((seed * 37) % 90), seed, nullShare: 0.3 }),
);

describe('splicing', () => {
  test('pages of many batches follow each other in one row group', async () => {
    const { bytes } = await writeFile(batches);
    expect(readRows(bytes)).toEqual(batches.flatMap((batch) => rowsOf(batch)));
  });

  test('leaves of one struct, list and map may be encoded apart, with and without a dictionary', async () => {
    for (let which = 0; which < paths.length; which++) {
      const tuning = tuningOf(paths, ...paths.map((_, index) => (index === which ? 'RLE_DICTIONARY' : 'PLAIN')));
      const { bytes } = await writeFile(batches, { tuning });
      expect(readRows(bytes)).toEqual(batches.flatMap((batch) => rowsOf(batch)));
      expect(Object.values(encodingsOf(bytes)).map((name) => name.includes('RLE_DICTIONARY'))).toEqual(
        paths.map((_, index) => index === which),
      );
    }
  });

  test('random dictionary choices', async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      const tuning = tuningOf(paths, ...paths.map(() => (random.chance(0.5) ? 'RLE_DICTIONARY' : 'PLAIN')));
      const { bytes } = await writeFile(batches, { tuning, rowGroupBytes: 4000 + random.below(20_000) });
      expect(readRows(bytes)).toEqual(batches.flatMap((batch) => rowsOf(batch)));
    }
  });

  test('counts nulls as the codec does, with nulls at any level', async () => {
    expect(nullCounts((await writeFile(batches)).bytes)).toEqual(nullCounts(encodeAtOnce(batches)));
    const some = batchOf({
      one: integers(10, (index) => index),
      two: structOf({ a: texts(10, String), b: longs(10, (index) => index) }),
    });
    expect(nullCounts((await writeFile([some, some])).bytes)).toEqual([0, 0, 0]);
  });

  test('the same batches give the same bytes; other batches may not', async () => {
    const tuning = tuningOf(paths, 'RLE_DICTIONARY', 'PLAIN');
    const first = await writeFile(batches, { tuning });
    expect((await writeFile(batches, { tuning })).bytes).toEqual(first.bytes);
    expect((await writeFile(batches.slice(1), { tuning })).bytes).not.toEqual(first.bytes);
  });

  test('a column that waits for its dictionary does not need the caller’s buffers any more', async () => {
    const make = (): RecordBatch =>
      batchOf({ label: integers(1000, (index) => index % 9), name: texts(1000, (index) => `name ${index % 4}`) });
    const expected = [...rowsOf(make()), ...rowsOf(make())];
    const pieces: Uint8Array[] = [];
    const tuning = tuningOf([['label'], ['name']], 'RLE_DICTIONARY');
    const target = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
    const shard = await createWriter().create(target, {
      schema: make().schema,
      compression: 'zstd',
      rowGroupBytes: 2 ** 20,
      tuning,
    });
    for (const batch of [make(), make()]) {
      await shard.write(batch);
      for (const { values } of batch.data.children) (values as Int32Array | Uint8Array).fill(0x55);
    }
    await shard.close();
    expect(readRows(Buffer.concat(pieces))).toEqual(expected);
  });

  test('small pieces are written together', async () => {
    const { writes } = await writeFile(batches);
    expect(writes).toHaveLength(1);
  });
});

describe('a projection', () => {
  test('keeps exactly the leaves asked for, in order', () => {
    const { schema: half } = projectSchema(schema, (leaf) => leaf % 2 === 1);
    expect(leavesOf(half).map(({ path }) => path)).toEqual(paths.filter((_, leaf) => leaf % 2 === 1));
  });

  test('of everything shares the columns', () => {
    const { project } = projectSchema(schema, () => true);
    expect(project(batches[0]!).data.children).toEqual(batches[0]!.data.children);
  });
});
