import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { expectedSound } from '../src/expected-sound.mjs';
import { hyparquetRows } from '../src/hyparquet-rows.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

const SHARDS = 8;
const SEED = 'überall 7';

/** The Hub's viewer shows no row group of more bytes. */
const HUB_VIEWER_BYTES = 286 * 2 ** 20;

describeConsumers('a result with every kind of feature, from files of datasets and pyarrow', (scratch) => {
  const ask = (...words) => askPython('datasets-5', words, { scratch });
  const output = join(scratch, 'output');
  const readLines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n');
  let inputs, report, expected;

  beforeAll(async () => {
    inputs = await ask('make_inputs.py', 'inputs');
    const collections = ['studio', 'field', 'web'].map((name) => [name, join(scratch, 'inputs', name)]);
    report = await runRiffle(Object.fromEntries(collections), output, '--shards', String(SHARDS), '--seed', SEED);
    const folders = collections.map(([, folder]) => folder);
    await runPython('datasets-5', ['expect_rows.py', 'expected.jsonl', SEED, ...folders], { scratch });
    expected = readLines(join(scratch, 'expected.jsonl'));
  });

  it('has every row of the inputs, and loses no metadata', () => {
    expect([report.rows, report.lost, report.shards.length]).toEqual([inputs.rows, [], SHARDS]);
    expect(report.warnings).toEqual([]);
    const ids = expected.map((line) => Number(JSON.parse(line).id));
    expect(ids.toSorted((a, b) => a - b)).toEqual(ids.map((_, index) => index));
    expect(ids).not.toEqual(ids.toSorted((a, b) => a - b));
  });

  it.each(['pyarrow', 'polars', 'duckdb', 'pandas', 'datasets', 'streaming'])(
    '%s reads all values of the inputs, in the order of perm-v1',
    async (consumer) => {
      const facts = await ask('read_rows.py', consumer, output, `${consumer}.jsonl`);
      expect(facts).toEqual({ rows: inputs.rows, columns: inputs.columns });
      const lines = readLines(join(scratch, `${consumer}.jsonl`));
      expect(lines.length).toBe(inputs.rows);
      expect(
        lines.map((line, row) => (line === expected[row] ? '' : line)).find((line) => line !== ''),
      ).toBeUndefined();
    },
  );

  it('hyparquet reads all values of the inputs but decimals of 38 digits, in the order of perm-v1', async () => {
    const rows = await hyparquetRows(output);
    const wanted = expected.map((line) => {
      const { mass: _, ...others } = JSON.parse(line);
      return others;
    });
    expect(Object.keys(rows[0])).toEqual(inputs.columns.filter((name) => name !== 'mass'));
    expect(rows).toEqual(wanted);
  });

  it('datasets sees the features that the inputs declare, in their order, each way to load it', async () => {
    const loaded = await ask('load_features.py', output);
    const { columns, features } = inputs;
    expect(loaded.data_dir).toEqual({ columns, features, rows: inputs.rows });
    expect(loaded.folder).toEqual({ columns, features, rows: inputs.rows });
    expect(loaded.streaming).toEqual({ columns, features, rows: null });
  });

  it('datasets names every label by int2str as its row does', async () => {
    const pairs = await ask('load_labels.py', output, 'label', 'label_name');
    expect(pairs.length).toBe(inputs.rows);
    expect(pairs.filter(([label, name]) => label !== name)).toEqual([]);
    expect(new Set(pairs.map(([label]) => label))).toEqual(new Set(['fröhlich', 'neutral', 'sad', '怒り', null]));
  });

  it('Audio(decode=False) gives bytes of which soundfile makes the samples', async () => {
    const sounds = await ask('load_sound.py', 'bytes', output);
    const silent = new Set(
      expected.map((line) => JSON.parse(line)).flatMap(({ id, audio }) => (audio === null ? [id] : [])),
    );
    const wanted = Object.keys(sounds).map((id) => [id, silent.has(id) ? null : expectedSound(Number(id))]);
    expect(sounds).toEqual(Object.fromEntries(wanted));
    expect([wanted.length, silent.size > 10]).toEqual([inputs.rows, true]);
  });

  it('split_dataset_by_node gives each row to one node, whole shards where they divide', async () => {
    const { shards, worlds } = await ask('load_by_nodes.py', output, '1', '2', '3', '8');
    expect(shards).toBe(SHARDS);
    for (const nodes of Object.values(worlds))
      expect(nodes.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: inputs.rows }, (_, id) => id));
    const ids = expected.map((line) => Number(JSON.parse(line).id));
    expect(worlds['1'][0]).toEqual(ids);
    expect(worlds['8'].map((node) => node.length)).toEqual(report.shards.map(({ rows }) => rows));
    expect(worlds['8'].flat()).toEqual(ids);
  });

  it('pyarrow finds each file valid, the features in both places, and row groups that the Hub can show', async () => {
    const files = await ask('describe_files.py', output);
    expect(files.map(({ name, rows }) => ({ name, rows }))).toEqual(
      report.shards.map(({ file, rows }) => ({ name: file, rows })),
    );
    for (const { keys, schemaKeys, groups } of files) {
      expect([keys, schemaKeys]).toEqual([['ARROW:schema', 'huggingface'], ['huggingface']]);
      expect(groups.every(({ bytes, stored }) => bytes < HUB_VIEWER_BYTES && stored < HUB_VIEWER_BYTES)).toBe(true);
    }
  });
});
