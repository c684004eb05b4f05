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
});
