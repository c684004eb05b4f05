// A whole job from code, with a reader from outside and two writers, as somebody who installed the packages writes it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { JobOptions, Report } from '@riffle/core';
import { recipeSchema } from '@riffle/core/recipe';
import { run, verify } from '@riffle/pipeline';
import { tableFromIPC } from 'apache-arrow';

const plugin = (name: string) => ({ specifier: import.meta.resolve(`@riffle/${name}`) });

for (const collection of ['one', 'other']) {
  mkdirSync(collection);
  for (let shard = 0; shard < 3; shard++) {
    const lines = Array.from({ length: 100 }, (_, row) => `${collection} ${shard} ${row}\n`);
    writeFileSync(`${collection}/0000${shard}.txt`, lines.join(''));
  }
}
writeFileSync('other/00003.txt', 'cut off');

async function job(writer: string, compression: 'none' | 'zstd', output: string): Promise<Report> {
  const recipe = recipeSchema.parse({
    collections: ['one', 'other'].map((name) => ({ name, path: name })),
    output,
    shards: 4,
    compression,
    plugins: { readers: [{ specifier: new URL('lines-reader.js', import.meta.url).href }] },
  });
  const options: JobOptions = {
    plugins: {
      readers: [plugin('reader-parquet'), plugin('reader-arrow')],
      writer: plugin(writer),
      shuffler: plugin('shuffler'),
      storage: plugin('storage-file'),
      verifier: plugin('verifier'),
    },
    availableCpus: 2,
    freeMemory: 2e9,
    baseFolder: process.cwd(),
  };
  const report = await run(recipe, options);
  const { ok } = await verify(output, options);
  if (!ok) throw new Error(`${output} is not as its manifest says.`);
  return report;
}

const [parquet, arrow] = [
  await job('writer-parquet', 'zstd', 'as-parquet'),
  await job('writer-arrow', 'none', 'as-arrow'),
];
const texts = arrow.shards.flatMap(({ file }) =>
  tableFromIPC(readFileSync(`as-arrow/${file}`))
    .toArray()
    .map((row) => String(row['text'])),
);
const lost = arrow.lost.map(({ path, reason }) => `${path}: ${reason}`);
if (new Set(texts).size !== 600 || parquet.rows !== 600 || lost.join() !== '00003.txt: Its last line has no end.')
  throw new Error(`Other rows than expected: ${new Set(texts).size} texts, ${parquet.rows} rows, lost ${lost.join()}`);
console.log(
  `external: a job from code with a reader in TypeScript gives ${texts.length} rows, in Parquet and in Arrow`,
);
