import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inspection, InspectedPath } from '@riffle/core';
import { breakages, makeDataset, openDuckDB, queryRows, sqlText } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../src/index.ts';
import { corpusFolder, filesBelow } from './support/corpus.ts';
import { doJob } from './support/job.ts';
import { builtPlugins } from './support/plugins.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
const media = fileURLToPath(new URL('fixtures/media.parquet', import.meta.url));
const duckdb = await openDuckDB();
afterAll(() => duckdb.closeSync());

function inspectPaths(paths: readonly string[], rows?: number): Promise<Inspection> {
  return inspect(paths, { plugins: builtPlugins, availableCpus: 2, freeMemory: 4e9, baseFolder: folder, rows });
}

async function inspectOne(path: string, rows?: number): Promise<InspectedPath> {
  const { paths } = await inspectPaths([path], rows);
  expect(paths).toHaveLength(1);
  return paths[0]!;
}

const number = (value: unknown) => Number(value);

/** What DuckDB says of how files are stored, by leaf column. */
async function storageByDuckDB(files: readonly string[]) {
  const list = `[${files.map(sqlText).join(', ')}]`;
  const columns = await queryRows(
    duckdb,
    `SELECT path_in_schema AS path, any_value(type) AS type, list_sort(list_distinct(list(compression))) AS codecs,
       sum(total_compressed_size) AS bytes, sum(total_uncompressed_size) AS uncompressed, sum(num_values) AS vals,
       min(column_id) AS place FROM parquet_metadata(${list}) GROUP BY path_in_schema ORDER BY place`,
  );
  const groups = await queryRows(
    duckdb,
    `SELECT count(*) AS n, min(rows) AS least, max(rows) AS most FROM (
       SELECT DISTINCT file_name, row_group_id, row_group_num_rows AS rows FROM parquet_metadata(${list}))`,
  );
  const metadata = await queryRows(
    duckdb,
    `SELECT DISTINCT decode(key) AS key FROM parquet_kv_metadata(${sqlText(files[0]!)})`,
  );
  return { columns, groups: groups[0]!, keys: metadata.map(({ key }) => String(key)).toSorted() };
}

async function expectAsDuckDB(inspected: InspectedPath, files: readonly string[]): Promise<void> {
  const { columns, groups, keys } = await storageByDuckDB(files);
  expect(
    inspected.columns.map(({ path, codecs, bytes, uncompressedBytes, values }) => ({
      path: path.join(', '),
      codecs: codecs.toSorted(),
      bytes,
      uncompressedBytes,
      values,
    })),
  ).toEqual(
    columns.map(({ path, codecs, bytes, uncompressed, vals }) => ({
      path,
      codecs: codecs as string[],
      bytes: number(bytes),
      uncompressedBytes: number(uncompressed),
      values: number(vals),
    })),
  );
  const { count, rows } = inspected.fragments;
  expect([count, rows.least, rows.most]).toEqual([groups['n'], groups['least'], groups['most']].map(number));
  expect(inspected.metadata.map(({ key }) => key).toSorted()).toEqual(keys);
}

describe('a collection', () => {
  let files: readonly string[];
  beforeAll(async () => {
    const made = await makeDataset(join(folder, 'plain'), {
      collections: ['a'],
      shardsPerCollection: 3,
      rowsPerShard: 5000,
      columns: {
        id: 'i::INTEGER',
        text: "'row ' || i",
        codes: '[i, i + 1, NULL]',
        sparse: 'CASE WHEN i % 2 = 0 THEN i END',
      },
    });
    files = made.files.map(({ path }) => path);
  });

  it('is told as DuckDB tells it', async () => {
    const inspected = await inspectOne('plain/a');
    await expectAsDuckDB(inspected, files);
    expect(inspected).toMatchObject({
      path: 'plain/a',
      kind: 'collection',
      rows: 15_000,
      shards: 3,
      files: 3,
      lost: [],
    });
    expect(inspected.columns.at(-1)).toMatchObject({ path: ['sparse'], nulls: 7500 });
    expect(inspected.schemas).toEqual([
      {
        columns: [
          { name: 'id', type: 'int32', nullable: true },
          { name: 'text', type: 'string', nullable: true },
          { name: 'codes', type: 'list<int32>', nullable: true },
          { name: 'sparse', type: 'int64', nullable: true },
        ].map((column) => ({
          ...column,
          type: inspected.schemas[0]!.columns.find(({ name }) => name === column.name)!.type,
        })),
        files: 3,
        example: inspected.preview!.file,
      },
    ]);
    expect(inspected.preview!.rows[1]).toEqual(['1', '"row 1"', '[1, 2, null]', null]);
  });

  it('shows as many rows as asked for, over several row groups, and none for 0', async () => {
    expect((await inspectOne('plain/a', 7)).preview!.rows).toHaveLength(7);
    expect((await inspectOne('plain/a', 0)).preview).toBe(undefined);
  });

  it('tells what is broken, missing and other than the rest, and is no failure', async () => {
    cpSync(join(folder, 'plain/a'), join(folder, 'broken'), { recursive: true });
    mkdirSync(join(folder, 'broken/00007'));
    writeFileSync(
      join(folder, 'broken/00008.parquet'),
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n',
    );
    cpSync(media, join(folder, 'broken/00009.parquet'));
    writeFileSync(join(folder, 'broken/notes.txt'), 'x');
    const inspected = await inspectOne('broken');
    expect(inspected).toMatchObject({ rows: 15_006, shards: 4, ignored: 1 });
    expect(inspected.lost.map(({ path, status }) => [path, status])).toEqual([
      ['00007', 'empty'],
      ['00008.parquet', 'failed'],
    ]);
    expect(inspected.lost[1]!.reason).toContain('Git-LFS pointer');
    expect(inspected.problems.map(({ kind }) => kind)).toEqual(['warning', 'schema']);
    expect(inspected.problems[0]!.message).toMatch(/^The numbers of its shards have a gap/);
    expect(inspected.schemas.map((schema) => schema.files)).toEqual([3, 1]);
  });

  it('is told of with whatever broken file it has, and so is that file', async () => {
    const asked: { readonly path: string; readonly name: string }[] = [];
    for (const { name, apply, shows, status } of breakages) {
      const copy = `broken-${name}`;
      cpSync(join(folder, 'plain/a'), join(folder, copy), { recursive: true });
      const path = join(copy, filesBelow(join(folder, copy), '.parquet')[0]!);
      await apply(join(folder, path));
      // What only decoding shows may lie behind the first rows.
      if (shows === 'survey') asked.push({ path: copy, name });
      if (shows === 'survey' && status !== 'empty') asked.push({ path, name });
    }
    const { paths } = await inspectPaths(asked.map(({ path }) => path));
    const silent = asked.filter((_, index) => paths[index]!.lost.length + paths[index]!.problems.length === 0);
    expect([asked.length > 10, silent]).toEqual([true, []]);
  });
});

describe('a file of Hugging Face datasets', () => {
  it('has its features, and sounds, pictures and labels as people would tell them', async () => {
    const inspected = await inspectOne(media, 6);
    expect(inspected).toMatchObject({ kind: 'file', rows: 6, shards: 1, files: 1, problems: [], lost: [] });
    expect(inspected.schemas[0]!.columns.map(({ name, type, feature }) => [name, type, feature])).toEqual([
      ['audio', 'struct<bytes: binary, path: string>', 'Audio(sampling_rate=24000)'],
      ['image', 'struct<bytes: binary, path: string>', 'Image'],
      ['label', 'int64', 'ClassLabel(3 names)'],
      ['codes', 'list<int32>', 'List(Value)'],
      ['text', 'string', 'Value'],
    ]);
    expect(inspected.writtenBy).toEqual(['parquet-cpp-arrow version 26.0.1']);
    const rows = inspected.preview!.rows;
    expect(rows.map(([audio]) => audio)).toEqual([
      '1.2 s, 24 kHz wav, "a.wav"',
      '2.5 s, 44.1 kHz stereo flac, "b.flac"',
      '0.5 s, 16 kHz ogg vorbis, "c.ogg"',
      '1 s, 48 kHz ogg opus, "d.opus"',
      '3.1 s, 22.05 kHz mp3, "e.mp3"',
      'wav that cannot be read, 31 bytes, "f.wav"',
    ]);
    expect(rows.map(([, image]) => image).slice(0, 3)).toEqual(['640×480 png', null, '3×5 png, "x.png"']);
    expect(rows.map(([, , label]) => label).slice(0, 3)).toEqual(['0 = "cat"', '1 = "dog"', '2 = "owl"']);
    await expectAsDuckDB(inspected, [media]);
  });
});

describe('a result', () => {
  it('is called one, with what its manifest says, and shards that are not as it says', async () => {
    await makeDataset(join(folder, 'inputs'), {
      collections: ['a', 'b'],
      shardsPerCollection: 2,
      rowsPerShard: 50,
      columns: { id: 'i::INTEGER' },
    });
    const collections = ['a', 'b'].map((name) => ({ name, path: `inputs/${name}` }));
    await doJob({ collections, output: 'result', shards: 3, seed: 'x' }, { baseFolder: folder });
    const whole = await inspectOne('result');
    expect(whole).toMatchObject({ kind: 'result', rows: 200, shards: 3, problems: [], lost: [] });
    expect(whole.result).toMatchObject({
      rows: 200,
      shards: 3,
      seed: 'x',
      shuffler: 'perm-v1',
      lost: 0,
      collections: [
        { name: 'a', rows: 100 },
        { name: 'b', rows: 100 },
      ],
    });
    await expectAsDuckDB(
      whole,
      [0, 1, 2].map((shard) => join(folder, `result/0000${shard}.parquet`)),
    );
    rmSync(join(folder, 'result/00001.parquet'));
    appendFileSync(join(folder, 'result/00002.parquet'), 'x');
    const changed = await inspectOne('result');
    expect(changed.problems.map(({ kind, file }) => [kind, file])).toEqual(
      expect.arrayContaining([['manifest', '00001.parquet']]),
    );
    expect(changed.lost.map(({ path }) => path)).toEqual(['00002.parquet']);
    writeFileSync(join(folder, 'result/.riffle/manifest.json'), '{"format": "riffle-manifest-v1"}');
    const forged = await inspectOne('result');
    expect([forged.kind, forged.result]).toEqual(['result', undefined]);
    expect(forged.problems.map(({ kind }) => kind)).toEqual(['warning', 'manifest']);
    expect(forged.problems[1]!.message).toContain('The manifest cannot be used');
  });
});

describe('what is asked for', () => {
  it('is refused before any work if a path does not exist, or the rows cannot be', async () => {
    await expect(inspectPaths([media, 'nowhere'])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('nowhere does not exist') as string,
    });
    await expect(inspectPaths([])).rejects.toMatchObject({ code: 'USAGE' });
    for (const rows of [-1, 1.5, 1001, NaN])
      await expect(inspectPaths([media], rows)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('may be no data at all', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'some notes');
    mkdirSync(join(folder, 'nothing/.dset/tts'), { recursive: true });
    const { paths } = await inspectPaths(['notes.txt', 'nothing']);
    expect(paths.map(({ kind, rows, problems }) => [kind, rows, problems.map(({ message }) => message)])).toEqual([
      ['file', 0, ['It is of no format that Riffle reads (parquet).']],
      [
        'collection',
        0,
        [
          'There is no file of a format that Riffle reads (parquet) in it. Folders whose names start with a dot are skipped unless they are given themselves: .dset.',
        ],
      ],
    ]);
  });
});

const corpus = corpusFolder('parquet-testing');

describe.skipIf(corpus === undefined)('the corpus', () => {
  /** Of which DuckDB says nothing, or counts otherwise: each is looked at by hand. */
  const notByDuckDB = new Set<string>();

  it('is inspected file by file without a failure, and as DuckDB has it', async () => {
    const files = filesBelow(corpus, '.parquet').map((file) => join(corpus!, file));
    const { paths } = await inspectPaths(files);
    expect(paths.length).toBeGreaterThan(60);
    const differing: string[] = [];
    let compared = 0;
    for (const [index, inspected] of paths.entries()) {
      if (inspected.lost.length > 0) continue;
      const byDuckDB = await storageByDuckDB([files[index]!]).catch(() => undefined);
      if (byDuckDB === undefined || inspected.rows === 0) continue;
      compared++;
      await expectAsDuckDB(inspected, [files[index]!]).catch((error: Error) => {
        differing.push(`${files[index]}: ${error.message.slice(0, 500)}`);
      });
    }
    expect(differing.filter((text) => ![...notByDuckDB].some((name) => text.includes(name)))).toEqual([]);
    expect(compared).toBeGreaterThan(55);
  });

  it('says of every file that cannot be read why', async () => {
    const { paths } = await inspectPaths([join(corpus!, 'bad_data'), join(corpus!, 'data')]);
    expect(paths.map(({ lost, shards }) => [shards > 0, lost.every(({ reason }) => reason.length > 10)])).toEqual([
      [true, true],
      [true, true],
    ]);
    const large = (await inspectOne(join(corpus!, 'data/large_string_map.brotli.parquet'))).problems;
    expect(large.map(({ kind }) => kind)).toEqual(['content', 'layout']);
    expect(large[1]!.message).toContain('viewer of the Hugging Face Hub');
  });
});
