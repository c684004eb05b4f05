import { join } from 'node:path';
import { makeDataset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { codeBlocks, readPage } from '../src/pages.mjs';
import { runExample, withFolder } from '../src/run-example.mjs';

/** The block stands in a list, so its lines are indented. */
const readme = readPage('README.md').replace(/^ {3}/gm, '');

it('the example of the README runs', async () => {
  const [example] = codeBlocks(readme, 'js');
  await withFolder(async (folder) => {
    await makeDataset(folder, { collections: ['tts'], shardsPerCollection: 2, rowsPerShard: 25 });
    const stdout = await runExample(example, {
      "'data/tts/.dset/tts'": JSON.stringify(join(folder, 'tts')),
      "'data/shuffled'": JSON.stringify(join(folder, 'out')),
    });
    expect(stdout).toMatch(/^configured\n/);
    expect(stdout).toMatch(/\npublished\n50 rows in 8 shards\n$/);
  });
});
