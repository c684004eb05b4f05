import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDB, rowsOf } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corpusFolder, filesBelow } from './support/corpus.ts';
import { doJob, eventsOf, failJob } from './support/job.ts';
import { evenShards, expectedSources } from './support/result.ts';
import { columnTypes, rowHashes, shardFiles } from './support/row-hashes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { readParquet } from './support/write-parquet.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
beforeAll(async () => {
  duckdb = await openDuckDB();
});
afterAll(() => duckdb.closeSync());

const covid = corpusFolder('covid19-nyt');
const data = corpusFolder('parquet-testing/data');

/** Every row where the permutation says, compared by DuckDB's hash of the row. */
async function expectShuffledByDuckDB(inputs: readonly string[], output: string): Promise<void> {
  const types = await columnTypes(duckdb, inputs[0]!);
  const shards = shardFiles(output);
  expect([...(await columnTypes(duckdb, shards[0]!)).keys()]).toEqual([...types.keys()]);
  const sources = await rowHashes(duckdb, inputs, types);
  const found = await rowHashes(duckdb, shards, types);
  expect(found).toHaveLength(sources.length);
  expect(expectedSources(sources.length).findIndex((source, position) => found[position] !== sources[source])).toBe(-1);
}

/** The same, compared value by value as parquet-wasm reads them. */
function expectShuffledByParquetWasm(input: string, output: string): void {
  const rows = (file: string) => readParquet(readFileSync(file)).flatMap((batch) => rowsOf(batch));
  const sources = rows(input);
  expect(shardFiles(output).flatMap(rows)).toEqual(expectedSources(sources.length).map((source) => sources[source]));
}

describe.skipIf(covid === undefined)('covid19-nyt, split into two collections', () => {
  it('becomes 16 even shards of the same rows, each at its place', async () => {
    const files = filesBelow(covid, '.parquet').map((name) => join(covid!, name));
    const collections = [files.slice(0, 3), files.slice(3)].map((part, index) => {
      const path = join(folder, `covid-${index}`);
      mkdirSync(path);
      for (const file of part) symlinkSync(file, join(path, basename(file)));
      return { name: `part ${index}`, path };
    });
    const output = join(folder, 'covid-out');
    const { report } = await doJob({ collections, output, shards: 16, workers: 2 });
    expect(report.rows).toBe(1_111_930);
    expect(report.shards.map(({ file, rows }) => ({ file, rows }))).toEqual(evenShards(1_111_930, 16));
    await expectShuffledByDuckDB(files, output);
  }, 60_000);
});

/** Files that give no rows: why the only shard is lost. */
const refused: Readonly<Record<string, RegExp | undefined>> = {
  'column_chunk_key_value_metadata.parquet': undefined, // a sound file of 0 rows: no loss, but nothing to shuffle
  'datapage_v1-corrupt-checksum.parquet': /page CRC mismatch/,
  'int96_from_spark.parquet': /timestamp outside 1677-09-21 to 2262-04-11/, // the codec would wrap it silently
  'large_string_map.brotli.parquet': /decompression bomb/, // 4 kB that decode to 2 GiB
  'nation.dict-malformed.parquet': /page is damaged/, // its dictionary page is where the data page should be; old writers only
  'repeated_no_annotation.parquet': /footer declares 0 rows, its row groups 6/, // whichever is right, the file contradicts itself
  'rle-dict-uncompressed-corrupt-checksum.parquet': /page CRC mismatch/,
};

/** Files that DuckDB cannot read: compared by parquet-wasm's values. */
const notByDuckDB = new Set([
  'byte_stream_split_extended.gzip.parquet', // DuckDB knows BYTE_STREAM_SPLIT for floats only
  'hadoop_lz4_compressed.parquet', // DuckDB refuses the deprecated codec LZ4
  'hadoop_lz4_compressed_larger.parquet',
  'non_hadoop_lz4_compressed.parquet',
  'map_no_value.parquet', // DuckDB wants a value column in a map
]);

/** Too few rows for three shards. */
const fewRows = new Set([
  ...['arbitrary-value', 'default', 'geography', 'projjson', 'srid'].map((name) => `geospatial/crs-${name}.parquet`),
  ...[
    'alltypes_dictionary',
    'alltypes_plain.snappy',
    'datapage_v2_empty_datapage.snappy',
    'incorrect_map_schema',
    'nan_in_stats',
  ].map((name) => `${name}.parquet`),
  ...['nested_structs.rust', 'nonnullable.impala', 'null_list', 'old_list_structure', 'single_nan'].map(
    (name) => `${name}.parquet`,
  ),
]);

describe.skipIf(data === undefined)('each file of parquet-testing/data, alone through the whole job', () => {
  const names = filesBelow(data, '.parquet');

  it.each(names.filter((name) => !(name in refused)))('%s', async (name) => {
    const input = join(data!, name);
    const output = join(folder, basename(name));
    const { report } = await doJob({
      collections: [{ name: 'one', path: input }],
      output,
      shards: fewRows.has(name) ? 1 : 3,
    });
    expect(report.lost).toEqual([]);
    if (notByDuckDB.has(name)) expectShuffledByParquetWasm(input, output);
    else await expectShuffledByDuckDB([input], output);
  });

  it.each(Object.entries(refused))('%s is refused: %s', async (name, reason) => {
    const { error, events } = await failJob({
      collections: [{ name: 'one', path: join(data!, name) }],
      output: join(folder, `refused ${name}`),
      shards: 1,
    });
    expect(error).toMatchObject({ code: 'NO_ROWS' });
    expect(eventsOf(events, 'shard-lost').map(({ lost }) => lost)).toEqual(
      reason === undefined
        ? []
        : [
            expect.objectContaining({
              collection: 'one',
              path: name,
              status: 'failed',
              reason: expect.stringMatching(reason),
            }),
          ],
    );
  });

  it('the encrypted ones are refused as encrypted', async () => {
    const path = join(folder, 'encrypted');
    const encrypted = filesBelow(data, '.encrypted');
    mkdirSync(path);
    for (const name of encrypted) symlinkSync(join(data!, name), join(path, name.replace('/', '-')));
    const { events } = await failJob({
      collections: [{ name: 'all', path }],
      output: join(folder, 'encrypted out'),
      shards: 1,
    });
    expect(encrypted.length).toBeGreaterThan(10);
    const refusal = expect.objectContaining({
      code: 'UNSUPPORTED_CONTENT',
      reason: expect.stringMatching(/encrypted/),
    });
    expect(eventsOf(events, 'shard-lost').map(({ lost }) => lost)).toEqual(encrypted.map(() => refusal));
  });
});
