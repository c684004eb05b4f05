import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeSchema } from '@riffle/core/recipe';
import { run, verify } from '@riffle/pipeline';
import { makeDataset } from '@riffle/testkit';

/** The built module: under vitest a bare name would lead to the sources, which workers cannot load. */
const plugin = (name) => ({ specifier: new URL(`../../../packages/${name}/dist/index.js`, import.meta.url).href });

/** What a job on this machine is given; plugins from the built packages, since workers load them. */
export function jobOptions(baseFolder) {
  return {
    plugins: {
      readers: [plugin('reader-parquet')],
      writer: plugin('writer-parquet'),
      shuffler: plugin('shuffler'),
      storage: plugin('storage-file'),
      verifier: plugin('verifier'),
    },
    availableCpus: 2,
    freeMemory: 2e9,
    baseFolder,
  };
}

/** The job that the pages show: two small collections, a shard of which is missing, as two shards. Report and manifest. */
export async function smallJob(folder) {
  await makeDataset(folder, {
    collections: ['tts', 'news'],
    shardsPerCollection: 1,
    rowsPerShard: 5,
    columns: { id: 'i::INTEGER' },
  });
  const recipe = recipeSchema.parse({
    collections: [
      { name: 'tts', path: 'tts' },
      { name: 'news', path: 'news', expect: '{00000..00001}' },
    ],
    output: 'combined',
    shards: 2,
  });
  const report = await run(recipe, jobOptions(folder));
  return { report, manifest: JSON.parse(readFileSync(join(folder, 'combined/.riffle/manifest.json'), 'utf8')) };
}

export function verifyFolder(folder) {
  return verify(folder, jobOptions(folder));
}

/** The fields of a document, depth first: `receipt.outputs[].file`. Elements of lists count once. */
export function fieldsOf(value, path = '') {
  if (value === null || typeof value !== 'object') return [path];
  if (Object.keys(value).length === 0) return [Array.isArray(value) ? `${path}[]` : path];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => fieldsOf(item, `${path}[]`)))];
  return Object.entries(value).flatMap(([key, inner]) => fieldsOf(inner, path === '' ? key : `${path}.${key}`));
}
