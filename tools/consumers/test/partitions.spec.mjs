import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython } from '../src/run-python.mjs';
import { askRiffle, runRiffle } from '../src/run-riffle.mjs';

const hive = 'year={year}/language={language}/part-{shard}';
const streams = `
import glob, json, sys
from datasets import load_dataset
files = {split: sorted(glob.glob(f"{sys.argv[1]}/{split}/*.arrow")) for split in ("train", "validation")}
print(json.dumps({split: sorted(rows["id"]) for split, rows in load_dataset("arrow", data_files=files).items()}))
`;
const splits = `
import json, sys
from datasets import load_dataset
loaded = load_dataset(sys.argv[1])
print(json.dumps({split: sorted(rows["id"]) for split, rows in loaded.items()}))
`;

describeConsumers('a result that is partitioned by columns', (scratch) => {
  let truth;
  let inputs;
  beforeAll(async () => {
    truth = await askPython('datasets-5', ['make_partitions.py', 'inputs'], { scratch });
    inputs = { rows: join(scratch, 'inputs') };
  });

  it.each([
    ['parquet', 'parquet', 'zstd', ['pyarrow', 'duckdb', 'polars']],
    ['jsonl', 'json', 'none', ['pyarrow']],
  ])('in %s is read from folders of Hive', async (format, known, compression, programs) => {
    const output = join(scratch, `hive-${format}`);
    const flags = ['--shards', '4', '--writer', format, '--compression', compression, '--names', hive];
    const report = await runRiffle(inputs, output, ...flags);
    expect([report.ok, report.rows, new Set(report.shards.map(({ shard }) => shard)).size]).toEqual([true, 600, 4]);
    const rows = truth.map(({ id, language, year, split, text }) => [id, language, year, split, text]);
    const found = await askPython('datasets-5', ['load_partitions.py', output, known], { scratch });
    expect(Object.keys(found)).toEqual(programs);
    for (const program of programs) expect([program, found[program]]).toEqual([program, rows]);
    const { status, document } = await askRiffle('verify', output, '--against-inputs');
    expect([status, document.ok]).toEqual([0, true]);
  });

  it.each([
    ['with a card', ['--card']],
    ['without one', []],
  ])('into folders of splits is loaded as splits by datasets, %s', async (_, card) => {
    const output = join(scratch, `splits${card.length}`);
    await runRiffle(inputs, output, '--shards', '3', '--names', '{split}/{shard}', ...card);
    const wanted = (name) => truth.filter(({ split }) => split === name).map(({ id }) => id);
    for (const environment of ['datasets-5', 'datasets-3']) {
      const found = await askPython(environment, ['-c', splits, output], { scratch });
      expect(found).toEqual({ train: wanted('train'), validation: wanted('validation') });
    }
  });

  it('in Arrow streams keeps the column in its files', async () => {
    const output = join(scratch, 'splits-arrow');
    await runRiffle(
      inputs,
      output,
      '--shards',
      '3',
      '--writer',
      'arrow',
      '--compression',
      'none',
      '--names',
      '{split}/{shard}',
    );
    const found = await askPython('datasets-5', ['-c', streams, output], { scratch });
    const wanted = (name) => truth.filter(({ split }) => split === name).map(({ id }) => id);
    expect(found).toEqual({ train: wanted('train'), validation: wanted('validation') });
  });
});
