import { execFile } from 'node:child_process';
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { recipeSchema } from '@riffle/core/recipe';
import { run } from '@riffle/pipeline';
import createShuffler, { createDeal } from '@riffle/shuffler';
import { makeDataset } from '@riffle/testkit';
import { expect, it } from 'vitest';
import { jobOptions } from '../src/real-run.mjs';
import { withFolder } from '../src/run-example.mjs';

const folder = fileURLToPath(new URL('../../../docs/examples/', import.meta.url));

async function runFile(name, ...words) {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, name), ...words], {
    cwd: folder,
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return stdout;
}

/** The examples that a test below runs. */
const tested = ['permute-and-deal.mjs', 'read-row-groups.mjs', 'take-and-scatter.mjs', 'verify-folder.mjs'];

it('has a test for every example', () => {
  expect(readdirSync(folder).toSorted()).toEqual(tested);
});

it('permute-and-deal.mjs tells where rows are', async () => {
  const permutation = createShuffler().plan(1_000_000, '42');
  const deal = createDeal(1_000_000, 64);
  const position = permutation.positionOf(0);
  const begins = [0, 1, 2].map((place) => permutation.sourceOf(5 * 15_625 + place));
  expect(await runFile('permute-and-deal.mjs')).toBe(
    `Shard 5 has 15625 rows and begins with the rows ${begins.join(', ')}.\nRow 0 is row ${position % 15_625} of shard ${deal.shardOf(position)}.\n`,
  );
});

it('take-and-scatter.mjs deals rows and proves it', async () => {
  expect(await runFile('take-and-scatter.mjs')).toBe('four two zero\nfive three one\ntrue\n');
});

it('read-row-groups.mjs and verify-folder.mjs read a result', async () => {
  await withFolder(async (base) => {
    await makeDataset(base, { rowsPerShard: 400 });
    const recipe = { collections: [{ name: 'a', path: 'a' }], output: 'out', shards: 2 };
    const { rows } = await run(recipeSchema.parse(recipe), jobOptions(base));
    const output = join(base, 'out');
    const shard = join(output, '00000.parquet');
    expect(await runFile('read-row-groups.mjs', shard)).toMatch(
      new RegExp(`^${rows / 2} rows of 1 row groups, at most \\d+ bytes at once\\.\\n$`),
    );
    expect(await runFile('verify-folder.mjs', output)).toBe(`${rows} rows in 2 shards: as the manifest says.\n`);
    truncateSync(shard, 1000);
    expect(await runFile('verify-folder.mjs', output)).toMatch(/00000\.parquet .*\n.*not what the manifest says\.\n$/s);
  });
});
