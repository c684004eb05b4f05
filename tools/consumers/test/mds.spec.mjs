import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { askRiffle, runRiffle } from '../src/run-riffle.mjs';

const writer = (json) => [
  '--writer',
  'mds',
  '--compression',
  'none',
  '--set',
  `plugins.writer.options=${JSON.stringify({ json })}`,
];
const toMds = [...writer(['note']), '--shards', '4'];

describeConsumers('MDS, as MosaicML Streaming reads it', (scratch) => {
  const [sources, output] = ['sources', 'output'].map((name) => join(scratch, name));
  let rows;

  beforeAll(async () => {
    rows = await askPython('datasets-5', ['make_mds_sources.py', 'sources', '400'], { scratch });
    await runRiffle({ sources }, output, ...toMds);
  });

  it('the same rows, with their hashes validated, in the order of Parquet', async () => {
    const loaded = await askPython('streaming', ['load_mds.py', output, 'cache'], { scratch });
    expect(loaded.rows).toEqual(rows);
    expect(loaded.local).toBe(true);
    expect(loaded.types).toMatchObject({
      id: 'int64',
      codes: 'ndarray',
      text: 'str',
      price: 'Decimal',
      speaker: 'dict',
    });
    const parquet = join(scratch, 'parquet');
    await runRiffle({ sources }, parquet, '--shards', '4');
    const code = `
import glob, json, pyarrow.parquet as pq
print(json.dumps([i for path in sorted(glob.glob("parquet/*.parquet")) for i in pq.read_table(path, columns=["id"])["id"].to_pylist()]))`;
    expect(loaded.order).toEqual(await askPython('datasets-5', ['-c', code], { scratch }));
    const fingerprints = (folder) =>
      JSON.parse(readFileSync(join(folder, '.riffle/manifest.json'))).receipt.outputs.map(
        ({ fingerprint }) => fingerprint,
      );
    expect(fingerprints(output)).toEqual(fingerprints(parquet));
  });

  it('is verified, and a changed shard is found by Riffle and by Streaming', async () => {
    expect((await askRiffle('verify', output)).document).toMatchObject({ ok: true, rows: 400, shards: 4 });
    const changed = join(scratch, 'changed');
    cpSync(output, changed, { recursive: true });
    const shard = join(changed, '00002.mds');
    const bytes = readFileSync(shard);
    // In the last value, so that Streaming would read it.
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(shard, bytes);
    expect((await askRiffle('verify', changed)).status).toBe(3);
    await expect(runPython('streaming', ['load_mds.py', changed, 'other-cache'], { scratch })).rejects.toThrow(
      /Checksum failure: \S+00002\.mds/,
    );
  });

  it('a null is refused with its column and what to do', async () => {
    const failed = join(scratch, 'failed');
    const { status, document } = await askRiffle(
      'run',
      '--input',
      `sources=${sources}`,
      '--output',
      failed,
      ...writer([]),
      '--shards',
      '4',
    );
    expect(status).toBeGreaterThan(0);
    expect(document.error.message).toMatch(/Column note is null in row \d+.*option json/);
  });
});

describeConsumers('MDS, as MDSWriter writes it', (scratch) => {
  it('comes into Parquet with the same rows', async () => {
    const rows = await askPython('streaming', ['make_mds.py', 'written', '400'], { scratch });
    const output = join(scratch, 'output');
    const report = await runRiffle({ written: join(scratch, 'written') }, output, '--shards', '3');
    const shards = readdirSync(join(scratch, 'written')).filter((name) => name.endsWith('.mds'));
    expect([report.rows, report.collections[0].loaded, shards.length > 5]).toEqual([400, shards.length, true]);
    expect(await askPython('datasets-5', ['read_parquet_mds.py', output], { scratch })).toEqual(rows);
  });

  it('is what Riffle writes of the same rows, to the byte', async () => {
    await runPython('streaming', ['make_mds.py', 'once', '50', 'again'], { scratch });
    const shuffled = join(scratch, 'shuffled');
    await runRiffle({ once: join(scratch, 'once') }, shuffled, ...writer([]), '--shards', '1');
    const code = `
import sys; import stand_in
from streaming import LocalDataset, MDSWriter
import json
columns = dict(zip(*(json.load(open("shuffled/index.json"))["shards"][0][name] for name in ("column_names", "column_encodings"))))
rows = LocalDataset("shuffled")
with MDSWriter(out="rewritten", columns=columns, hashes=["sha256"], size_limit=None) as out:
    for index in range(len(rows)):
        out.write(rows[index])
`;
    const folder = new URL('../python', import.meta.url).pathname;
    await runPython('streaming', ['-c', `import sys; sys.path.insert(0, ${JSON.stringify(folder)})\n${code}`], {
      scratch,
    });
    const [ours, theirs] = [join(shuffled, '00000.mds'), join(scratch, 'rewritten', 'shard.00000.mds')].map((path) =>
      readFileSync(path),
    );
    expect(ours.equals(theirs)).toBe(true);
    const index = (path) => JSON.parse(readFileSync(path));
    const found = index(join(shuffled, 'index.json'));
    found.shards[0].raw_data.basename = 'shard.00000.mds';
    expect(found).toEqual(index(join(scratch, 'rewritten', 'index.json')));
  });
});
