import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { ROOT } from '../src/environments.mjs';
import { askPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

const plugin = (name, options = {}) => ({ specifier: join(ROOT, 'packages', name, 'dist/index.js'), options });
const readers = ['--set', `plugins.readers=${JSON.stringify([plugin('reader-jsonl'), plugin('reader-csv')])}`];
const writing = (compression) => [
  '--set',
  `plugins.writer=${JSON.stringify(plugin('writer-jsonl'))}`,
  '--compression',
  compression,
];
const byId = (one, other) => one.weight - other.weight;

const rowsOfParquet = `
import glob, json, pyarrow.parquet as pq
print(json.dumps([row for path in sorted(glob.glob("output/*.parquet")) for row in pq.read_table(path).to_pylist()]))
`;

/** JSON numbers beyond 2^53 would be rounded here: texts before they are parsed. */
async function askRows(words, options) {
  const rows = await askPython('datasets-5', words, options);
  return rows.toSorted(byId);
}

describeConsumers('JSON lines and CSV, as Python writes and reads them', (scratch) => {
  let truth;

  beforeAll(async () => {
    truth = await askRows(['make_text.py', 'inputs'], { scratch });
  });

  it.each(['lines', 'sheets'])('%s of datasets, pandas and pyarrow are read', async (name) => {
    const output = join(scratch, 'output');
    const report = await runRiffle(
      { [name]: join(scratch, 'inputs', name) },
      output,
      ...readers,
      '--shards',
      '3',
      '--overwrite',
    );
    expect([report.rows, report.collections[0].loaded]).toEqual([400, 4]);
    const expected = name === 'lines' ? truth : truth.map(({ codes: _codes, inner: _inner, ...row }) => row);
    const found = await askRows(['-c', rowsOfParquet], { scratch });
    const close = (rows) => rows.map((row) => ({ ...row, weight: row.weight.toFixed(9) }));
    expect(close(found)).toEqual(close(expected));
  });

  it('whole numbers beyond 2^53 are kept, for Python too', async () => {
    const code = `
import glob, json, pyarrow.parquet as pq
ids = sorted(row["id"] for path in glob.glob("output/*.parquet") for row in pq.read_table(path).to_pylist())
print(json.dumps(ids == list(range(9007199254740993, 9007199254740993 + 400))))
`;
    expect(await askPython('datasets-5', ['-c', code], { scratch })).toBe(true);
  });

  it.each(['none', 'gzip', 'zstd'])(
    'what is written with compression %s is verified by reading back, and read',
    async (compression) => {
      const output = join(scratch, `lines-${compression}`);
      const inputs = { lines: join(scratch, 'inputs/lines') };
      const report = await runRiffle(inputs, output, ...readers, ...writing(compression), '--shards', '3');
      // Verified by reading back, with the types that were written.
      expect([report.ok, report.rows]).toEqual([true, 400]);
      const found = await askRows(['load_text.py', output], { scratch });
      const close = (rows) => rows.map((row) => ({ ...row, weight: row.weight.toFixed(9) }));
      expect(close(found)).toEqual(close(truth));
    },
  );
});
