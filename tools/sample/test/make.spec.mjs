import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DESCRIPTION_FILE, RECIPE_FILE } from '../src/layout.mjs';
import { ForeignPathError, makeSample } from '../src/sample.mjs';
import { sha256 } from '../src/sha256.mjs';
import { SMALL_COLLECTIONS as collections } from './small-collections.mjs';

const root = mkdtempSync(join(tmpdir(), 'riffle-sample-'));
afterAll(() => rmSync(root, { recursive: true }));

/**
 * @param {string} folder
 * @returns {Record<string, string>} Digest by path.
 */
function digests(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).toSorted();
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), sha256(readFileSync(path))]));
}

test('two makes give the same bytes, with one thread or two', async () => {
  const [one, two] = [join(root, 'one'), join(root, 'two')];
  const first = await makeSample({ out: one, collections, threads: 1 });
  const second = await makeSample({ out: two, collections, threads: 2 });
  expect(first.fresh && second.fresh).toBe(true);
  expect(digests(one)).toEqual(digests(two));
  expect(Object.keys(digests(one))).toEqual([
    'orders/.dset/orders/00000/data.parquet',
    'orders/.dset/orders/00002/data.parquet',
    'orders/.made-by-riffle-sample',
    'radio/.dset/radio/00000/data.parquet',
    'radio/.dset/radio/00001/data.parquet',
    'radio/.made-by-riffle-sample',
    DESCRIPTION_FILE,
    RECIPE_FILE,
  ]);
});

test('a finished sample is left alone, in less than a second', async () => {
  const out = join(root, 'again');
  const { description } = await makeSample({ out, collections });
  const start = performance.now();
  expect(await makeSample({ out, collections })).toEqual({ description, fresh: false });
  expect(performance.now() - start).toBeLessThan(1000);
});

test('it is made again when forced, when a file was changed or lost, and when the plan is another', async () => {
  const out = join(root, 'remade');
  const { description } = await makeSample({ out, collections });
  const file = join(out, 'radio/.dset/radio/00001/data.parquet');

  expect(await makeSample({ out, collections, force: true })).toEqual({ description, fresh: true });
  appendFileSync(file, 'x');
  expect(await makeSample({ out, collections })).toEqual({ description, fresh: true });
  rmSync(file);
  expect(await makeSample({ out, collections })).toEqual({ description, fresh: true });

  const fewer = collections.slice(1);
  const remade = await makeSample({ out, collections: fewer });
  expect(remade.fresh).toBe(true);
  expect(remade.description.collections.map(({ name }) => name)).toEqual(['radio']);
});

test('a folder that somebody else made is neither removed nor written into', async () => {
  const out = join(root, 'foreign');
  mkdirSync(join(out, 'radio'), { recursive: true });
  writeFileSync(join(out, 'radio', 'precious.txt'), 'mine');
  await expect(makeSample({ out, collections, force: true })).rejects.toThrow(ForeignPathError);
  expect(readdirSync(out)).toEqual(['radio']);
  expect(existsSync(join(out, 'radio', 'precious.txt'))).toBe(true);
});

test('a recipe that somebody else wrote is not replaced', async () => {
  const out = join(root, 'foreign-recipe');
  mkdirSync(out);
  writeFileSync(join(out, RECIPE_FILE), 'shards: 7\n');
  await expect(makeSample({ out, collections })).rejects.toThrow(ForeignPathError);
  expect(readdirSync(out)).toEqual([RECIPE_FILE]);
});

test('the recipe names every collection, with the shards that should be there', async () => {
  const out = join(root, 'one');
  await makeSample({ out, collections });
  const recipe = readFileSync(join(out, RECIPE_FILE), 'utf8');
  expect(recipe).toContain('name: orders\n    path: orders/.dset/orders\n    expect: 3\n');
  expect(recipe).toContain('name: radio\n    path: radio/.dset/radio\n    expect: 2\n');
});

test('the description counts what is there', async () => {
  const { description } = await makeSample({ out: join(root, 'one'), collections });
  const [orders, radio] = description.collections;
  expect(description).toMatchObject({ utterances: 24, readableRows: 22, speakers: ['kal16', 'slt'] });
  expect(orders).toMatchObject({ path: 'orders/.dset/orders', expect: 3, readableRows: 21 });
  expect(orders?.shards[1]).toEqual({ name: '00001', state: 'missing', rows: 0 });
  const cut = radio?.shards[0];
  expect(cut).toMatchObject({ state: 'truncated', rows: 2 });
  expect(cut?.file?.bytes).toBe(Math.floor((cut?.file?.wholeBytes ?? 0) * 0.6));
});
