import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { askRiffle, runRiffle } from '../src/run-riffle.mjs';

const byId = (one, other) => (one.id < other.id ? -1 : 1);
const toArrow = ['--writer', 'arrow', '--compression', 'none', '--shards', '3'];

describeConsumers('Arrow, as save_to_disk of datasets writes it and load_from_disk reads it', (scratch) => {
  const [one, other, output] = ['one', 'other', 'output'].map((name) => join(scratch, name));
  let saved;

  beforeAll(async () => {
    await runPython('datasets-5', ['make_saved.py', 'one', '300', '4', '0'], { scratch });
    await runPython('datasets-5', ['make_saved.py', 'other', '100', '1', '300'], { scratch });
    saved = await askPython('datasets-5', ['load_saved.py', one, other], { scratch });
  });

  it('the same rows with the same features, in another order', async () => {
    const report = await runRiffle({ one, other }, output, ...toArrow);
    expect(report.rows).toBe(400);
    const [loaded] = await askPython('datasets-5', ['load_saved.py', output], { scratch });
    expect(loaded.features).toEqual(saved[0].features);
    const rows = saved.flatMap((data) => data.rows);
    expect(loaded.rows).not.toEqual(rows);
    expect(loaded.rows.toSorted(byId)).toEqual(rows.toSorted(byId));
    expect((await askRiffle('verify', output)).document).toMatchObject({ ok: true, rows: 400, shards: 3 });
  });

  it('without what datasets keeps in the folder of its work with them', async () => {
    const folder = join(scratch, 'worked');
    const work = `
from datasets import load_from_disk
rows = load_from_disk("worked")
rows.map(lambda row: {"text": "other"}); rows.filter(lambda row: row["label"] == 1); rows.sort("label"); rows.map(lambda row: {"text": "more"}, num_proc=2)
`;
    await runPython('datasets-5', ['make_saved.py', 'worked', '60', '2', '0'], { scratch });
    await runPython('datasets-5', ['-c', work], { scratch });
    const caches = readdirSync(folder).filter((name) => name.startsWith('cache-'));
    expect(caches.length).toBeGreaterThan(3);
    const report = await runRiffle({ worked: folder }, join(scratch, 'worked-output'), '--shards', '2');
    expect([report.rows, report.warnings]).toEqual([60, [expect.stringContaining('caches, and are not read')]]);
  });

  it('and the order is that of Parquet, with the same fingerprints', async () => {
    const parquet = join(scratch, 'as-parquet');
    await runRiffle({ one, other }, parquet, '--shards', '3');
    const fingerprints = (folder) =>
      JSON.parse(readFileSync(join(folder, '.riffle/manifest.json'))).receipt.outputs.map(
        ({ fingerprint }) => fingerprint,
      );
    expect(fingerprints(parquet)).toEqual(fingerprints(output));
    // From Parquet back to Arrow.
    const again = join(scratch, 'again');
    await runRiffle({ parquet }, again, ...toArrow);
    const [loaded] = await askPython('datasets-5', ['load_saved.py', again], { scratch });
    expect(loaded.rows.toSorted(byId)).toEqual(saved.flatMap((data) => data.rows).toSorted(byId));
  });
});

describeConsumers('Arrow files and streams of pyarrow, compressed and not', (scratch) => {
  it('are read as pyarrow reads them', async () => {
    await runPython('datasets-5', ['make_arrow.py', 'inputs'], { scratch });
    const output = join(scratch, 'output');
    const { rows, collections } = await runRiffle({ mixed: join(scratch, 'inputs') }, output, '--shards', '2');
    expect([rows, collections[0].loaded]).toEqual([6000, 6]);
    const code = `
import glob, json, sys, pyarrow as pa, pyarrow.parquet as pq
def rows(path):
    with pa.memory_map(path) as source:
        opened = pa.ipc.open_file(source) if source.read(6) == b"ARROW1" else (source.seek(0), pa.ipc.open_stream(source))[1]
        return opened.read_all().to_pylist()
before = [row for path in sorted(glob.glob("inputs/*/*.arrow")) for row in rows(path)]
after = [row for path in sorted(glob.glob("output/*.parquet")) for row in pq.read_table(path).to_pylist()]
key = lambda row: row["id"]
print(json.dumps({"same": sorted(after, key=key) == sorted(before, key=key), "rows": len(after)}))
`;
    expect(await askPython('datasets-5', ['-c', code], { scratch })).toEqual({ same: true, rows: 6000 });
  });
});

describeConsumers('Types that few write, and Arrow that Riffle compresses', (scratch) => {
  const compare = `
import glob, json, sys, pyarrow as pa
def table(path):
    with pa.memory_map(path) as source:
        opened = pa.ipc.open_file(source) if source.read(6) == b"ARROW1" else (source.seek(0), pa.ipc.open_stream(source))[1]
        return opened.read_all()
rows = lambda pattern: [row for path in sorted(glob.glob(pattern)) for row in table(path).to_pylist()]
key = lambda row: row["id"]
before = sorted(rows("inputs/0000[012]/*.arrow"), key=key)
after = sorted(rows(sys.argv[1] + "/*.arrow"), key=key)
for path in glob.glob(sys.argv[1] + "/*.arrow"):
    table(path).validate(full=True)
print(json.dumps({"same": before == after, "rows": len(after), "bytes": sum(len(open(path, "rb").read()) for path in glob.glob(sys.argv[1] + "/*.arrow"))}))
`;
  const sizes = {};

  beforeAll(() => runPython('datasets-5', ['make_arrow_types.py', 'inputs'], { scratch }));

  it.each(['none', 'lz4', 'zstd'])(
    '%s: the same rows in pyarrow, and what is not read is told',
    async (compression) => {
      const output = join(scratch, compression);
      const inputs = { types: join(scratch, 'inputs') };
      const { rows } = await runRiffle(
        inputs,
        output,
        '--writer',
        'arrow',
        '--compression',
        compression,
        '--shards',
        '2',
      );
      expect(rows).toBe(21);
      expect(readFileSync(join(output, '.riffle/lost.jsonl'), 'utf8')).toContain(
        'Column tags is a list_view, which Riffle does not read; cast it to a list.',
      );
      const { bytes, ...found } = await askPython('datasets-5', ['-c', compare, compression], { scratch });
      expect(found).toEqual({ same: true, rows: 21 });
      sizes[compression] = bytes;
      // It reads back what it wrote.
      expect((await askRiffle('verify', output)).document).toMatchObject({ ok: true, rows: 21, shards: 2 });
      const { rows: again } = await runRiffle({ again: output }, `${output}-again`, '--shards', '1');
      expect(again).toBe(21);
    },
  );

  it('in fewer bytes', () => {
    expect(sizes.lz4).toBeLessThan(0.6 * sizes.none);
    expect(sizes.zstd).toBeLessThan(sizes.lz4);
  });
});
