import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeConsumers } from '../src/describe-consumers.mjs';
import { askPython } from '../src/run-python.mjs';
import { runRiffle } from '../src/run-riffle.mjs';
import { makeStored } from '../src/stored-sizes.mjs';

describeConsumers('footers, as pyarrow reads them', (scratch) => {
  it('name the program, count nulls, index pages, and hold no value of any row', async () => {
    const { folder } = await makeStored(scratch, 'audio', 'pyarrow', 0.1);
    const output = join(scratch, 'output');
    await runRiffle({ sound: folder }, output, '--shards', '1');
    const [{ createdBy, footerBytes, columns }] = await askPython('datasets-5', ['describe_files.py', output], {
      scratch,
    });
    expect(createdBy).toMatch(/^riffle version \d+\.\d+\.\d+$/);
    const facts = { nulls: 0, bounds: false, offsetIndex: true, columnIndex: false };
    expect(columns).toEqual(
      ['audio.bytes', 'audio.path', 'text', 'speaker', 'duration'].map((path) => ({ path, ...facts })),
    );
    // Minima and maxima of sound would be 200 kB.
    expect(footerBytes).toBeLessThan(4000);
  });
});
