import { join } from 'node:path';
import { openDuckDB } from '@riffle/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../fake-host.ts';
import { writeInputShard, type InputFormat } from './input-shard.ts';
import { resultRows } from './result-rows.ts';
import { rowsFrom } from './rows.ts';
import { runJob } from './run-job.ts';

type DuckDB = Awaited<ReturnType<typeof openDuckDB>>;

/** Names of folders, which are names of collections. */
const rowsPerShard = 60;

/** A collection of two shards for each format. Where one has no null, none has. */
async function makeCollections(duckdb: DuckDB, folder: string, formats: readonly InputFormat[], nulls: boolean) {
  for (const [index, format] of formats.entries())
    for (const shard of [0, 1]) {
      const first = 1000 * index + rowsPerShard * shard;
      const place = join(folder, `c${index}`, `0000${shard}`);
      await writeInputShard(duckdb, place, format, rowsFrom(first, first + rowsPerShard, nulls));
    }
}

/** WebDataset says no types, and has a column for the key: all jobs are told what the columns are. */
const recipeOf = (formats: readonly InputFormat[]) => ({
  collections: formats.map((_, index) => ({ name: `c${index}`, path: `c${index}` })),
  shards: 3,
  columns: { select: ['id', 'score', 'text'] },
  plugins: {
    readers: [{ specifier: 'webdataset', options: { types: { score: 'float64' } } }],
  },
});

const everyFormat: readonly InputFormat[] = [
  'jsonl',
  'parquet',
  'webdataset',
  'arrow stream',
  'csv',
  'arrow file',
  'jsonl.gz',
  'save_to_disk',
  'tsv',
  'jsonl.zst',
  'csv.gz',
];

const writers = [
  { writer: 'parquet', compression: 'zstd', ending: '.parquet' },
  { writer: 'arrow', compression: 'none', ending: '.arrow' },
  { writer: 'jsonl', compression: 'none', ending: '.jsonl' },
  { writer: 'jsonl', compression: 'gzip', ending: '.jsonl.gz' },
  { writer: 'jsonl', compression: 'zstd', ending: '.jsonl.zst' },
  { writer: 'webdataset', compression: 'none', ending: '.tar' },
  { writer: 'mds', compression: 'none', ending: '.mds' },
] as const;

describe('a collection of each format in one job', () => {
  let duckdb: DuckDB;
  beforeAll(async () => {
    duckdb = await openDuckDB();
    return () => duckdb.closeSync();
  });

  it.each(writers)('gives the rows, order and fingerprints of Parquet, into $ending', async (target) => {
    const { writer, compression, ending } = target;
    // MDS has no null, neither as an input nor as a result.
    const nulls = writer !== 'mds';
    const formats: readonly InputFormat[] = nulls ? everyFormat : [...everyFormat, 'mds'];
    const [plain, mixed] = [temporaryFolder(), temporaryFolder()];
    const alike = formats.map((): InputFormat => 'parquet');
    await makeCollections(duckdb, plain, alike, nulls);
    await makeCollections(duckdb, mixed, formats, nulls);
    const expected = await runJob(plain, recipeOf(alike));
    const flags = ['--writer', writer, '--compression', compression];
    const { report, receipt } = await runJob(mixed, recipeOf(formats), flags);

    expect(report.shards.map(({ file }) => file)).toEqual(['00000', '00001', '00002'].map((name) => name + ending));
    const rows = await resultRows(
      duckdb,
      join(mixed, 'out'),
      report.shards.map(({ file }) => file),
    );
    const wanted = await resultRows(
      duckdb,
      join(plain, 'out'),
      expected.report.shards.map(({ file }) => file),
    );
    expect(rows).toEqual(wanted);
    const given = formats.flatMap((_, index) => rowsFrom(1000 * index, 1000 * index + 2 * rowsPerShard, nulls));
    expect(rows.toSorted((one, other) => one.id - other.id)).toEqual(given);

    const fingerprints = (job: typeof expected) => ({
      total: job.receipt.fingerprint,
      outputs: job.receipt.outputs.map(({ fingerprint }) => fingerprint),
      inputs: job.receipt.inputs.map(({ collection, path, fingerprint }) => [collection, path, fingerprint]),
    });
    expect(fingerprints({ ...expected, receipt })).toEqual(fingerprints(expected));
  });
});
