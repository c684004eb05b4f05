import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython, runPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';

/** The Hub's viewer shows no row group of more bytes. */
const HUB_VIEWER_BYTES = 286 * 2 ** 20;

describeConsumers('one shard of 330 MB, from one row group of as many', (scratch) => {
  it('has row groups that the Hub can show, and that pyarrow reads', async () => {
    await runPython('datasets-5', ['make_wide.py', 'input', '330'], { scratch });
    const [input] = await askPython('datasets-5', ['describe_files.py', 'input'], { scratch });
    expect(input.groups.map(({ bytes }) => bytes > HUB_VIEWER_BYTES)).toEqual([true]);
    const output = join(scratch, 'output');
    await runRiffle({ wide: join(scratch, 'input') }, output, '--shards', '1');
    const [file] = await askPython('datasets-5', ['describe_files.py', output], { scratch });
    expect([file.rows, file.groups.length > 1]).toEqual([input.rows, true]);
    for (const { bytes, stored } of file.groups) {
      expect(bytes).toBeLessThan(HUB_VIEWER_BYTES);
      expect(stored).toBeLessThan(HUB_VIEWER_BYTES);
    }
  });

  it('has them whatever was asked for, and a row of 300 MB alone', async () => {
    await runPython('datasets-5', ['make_wide.py', 'giant', '500', '300'], { scratch });
    const output = join(scratch, 'giant-output');
    await runRiffle({ giant: join(scratch, 'giant') }, output, '--shards', '1', '--row-group-bytes', '1GiB');
    const [{ groups }] = await askPython('datasets-5', ['describe_files.py', output], { scratch });
    expect(groups.filter(({ bytes }) => bytes >= HUB_VIEWER_BYTES)).toMatchObject([{ rows: 1 }]);
    // Otherwise as large as they may be: 501 MB of small rows before and after the giant.
    expect(groups.length).toBeLessThanOrEqual(4);
  });
});
