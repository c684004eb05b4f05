import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { askRiffle, RIFFLE, runRiffle } from '../src/run-riffle.mjs';

const byKey = (one, other) => (one.raw.__key__ < other.raw.__key__ ? -1 : 1);
const toTar = ['--writer', 'webdataset', '--compression', 'none', '--shards', '3'];

describeConsumers('WebDataset shards, as webdataset writes and reads them', (scratch) => {
  const [one, other] = ['one', 'other'].map((name) => join(scratch, name));
  const load = (folder) => askPython('webdataset', ['load_webdataset.py', folder], { scratch });
  let samples;

  beforeAll(async () => {
    await runPython('webdataset', ['make_webdataset.py', 'one', '0', '200', '3'], { scratch });
    await runPython('webdataset', ['make_webdataset.py', 'other', '200', '100', '1'], { scratch });
    samples = [...(await load(one)), ...(await load(other))];
  });

  it('the same samples in another order, and Riffle verifies what it wrote', async () => {
    const output = join(scratch, 'output');
    expect((await runRiffle({ one, other }, output, ...toTar)).rows).toBe(300);
    const found = await load(output);
    expect(samples[1].decoded.txt).toContain('Größe');
    expect(found).not.toEqual(samples);
    // A sample without a text has no member for it, before and after.
    expect(found.toSorted(byKey)).toEqual(samples.toSorted(byKey));
    expect((await askRiffle('verify', output)).document).toMatchObject({ ok: true, rows: 300, shards: 3 });
  });

  it('the lines that are shown at the end load the result, also from folders', async () => {
    const words = ['run', '--input', `one=${one}`, '--output', 'shown', '--names', 'train/{shard}', ...toTar];
    const { stderr } = await promisify(execFile)(process.execPath, [RIFFLE, ...words], { cwd: scratch });
    const [, shown] = /Load it\n {2}Python {2}(.*?)\n\n/s.exec(stderr);
    const code = `${shown.replaceAll(/^ {10}/gm, '')}\nprint(sum(1 for _ in rows))`;
    expect(await askPython('webdataset', ['-c', code], { scratch })).toBe(200);
  });

  it('by Parquet and back, with columns renamed by the option', async () => {
    const parquet = join(scratch, 'parquet');
    await runRiffle({ one, other }, parquet, '--shards', '2');
    const output = join(scratch, 'renamed');
    const recipe = join(scratch, 'riffle.json');
    const plugins = { writer: { specifier: 'webdataset', options: { members: { wav: 'sound', txt: 'text' } } } };
    writeFileSync(
      recipe,
      JSON.stringify({
        collections: [{ name: 'parquet', path: parquet }],
        output,
        shards: 3,
        compression: 'none',
        plugins,
      }),
    );
    const { status, document } = await askRiffle('run', recipe);
    expect([status, document.rows]).toEqual([0, 300]);
    const expected = samples.map(({ raw: { wav, txt, ...raw } }) => ({
      ...raw,
      sound: wav,
      ...(txt && { text: txt }),
    }));
    const found = (await load(output)).map(({ raw }) => ({ raw }));
    expect(found.toSorted(byKey)).toEqual(expected.map((raw) => ({ raw })).toSorted(byKey));
  });
});
