import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Plan, RecipeInput } from '@riffle/core';
import { openDuckDB, sameMultiset } from '@riffle/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doJob, planJob, type JobSettings } from './support/job.ts';
import { makeMixedDataset, type MixedDataset } from './support/mixed-dataset.ts';
import { wrapperPlugin } from './support/plugins.ts';
import { columnOfResult, everythingIn, expectedSources, shardHashes } from './support/result.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let duckdb: DuckDBConnection;
let data: MixedDataset;
/** The least budget for one worker. */
let minimum: number;
const references = new Map<
  number,
  { readonly hashes: readonly string[]; readonly output: string; readonly plan: Plan }
>();

/** About 10 kB of Arrow data a row, so that a few thousand rows need many buckets when memory is short; nested and almost empty columns among them. */
const more = {
  recording: "encode(repeat(md5(i || 'recording'), 200 + (i % 200)::INTEGER))",
  nested: "CASE WHEN i % 3 > 0 THEN map([i, i + 1], [[{'c': [i::VARCHAR, NULL]}], NULL]) END",
  nothing: 'NULL::DOUBLE',
};

let runs = 0;
const writer = wrapperPlugin('frugal-writer');
async function makeResult(input: Partial<RecipeInput> & { readonly shards: number }, settings: JobSettings = {}) {
  const output = join(folder, `out-${runs++}`);
  const { plan } = await doJob(
    { collections: [...data.collections], output, rowGroupBytes: '1MiB', ...input },
    { ...settings, plugins: { writer, ...settings.plugins } },
  );
  return { hashes: shardHashes(output), output, plan };
}

beforeAll(async () => {
  duckdb = await openDuckDB();
  data = await makeMixedDataset(join(folder, 'in'), duckdb, { more, rowsPerShard: 620, rowGroupRows: 2048 });
  const unused = join(folder, 'unused');
  minimum = (
    await planJob(
      { collections: [...data.collections], output: unused, rowGroupBytes: '1MiB', shards: 3 },
      { plugins: { writer } },
    )
  ).memory.minimum;
  for (const shards of [3, 40]) references.set(shards, await makeResult({ shards }));
}, 60_000);
afterAll(() => duckdb.closeSync());

describe('the reference: one worker, everything in memory', () => {
  it.each([3, 40])('%d shards hold the right rows at the right places', async (shards) => {
    const { hashes, output, plan } = references.get(shards)!;
    expect(plan.memory).toMatchObject({ strategy: 'memory', workers: 1 });
    expect(hashes).toHaveLength(shards);
    expect(await sameMultiset(duckdb, data.files, join(output, '*.parquet'))).toMatchObject({
      same: true,
      leftRows: data.rows,
    });
    expect(await columnOfResult(duckdb, output, 'row')).toEqual(expectedSources(data.rows));
  });
});

interface Variant {
  readonly title: string;
  readonly shards: number;
  readonly strategy: 'memory' | 'spill' | 'passes';
  readonly workers: number;
  /** In least budgets of one worker; default the 1 GB of the reference. */
  readonly budgets?: number;
  /** What must have come to pass, or the variant would not be one. */
  readonly proofs: readonly ((plan: Plan) => void)[];
}

const manyBuckets = ({ buckets }: Plan) => expect(buckets.count).toBeGreaterThanOrEqual(6);
const shardsInPieces = ({ buckets }: Plan) => expect(buckets.bucketsPerShard).toBeGreaterThan(1);
const bucketsOfShards = ({ buckets }: Plan) => expect(buckets.shardsPerBucket).toBeGreaterThan(1);
const severalPasses = ({ memory }: Plan) => expect(memory.passes).toBeGreaterThan(1);
const manyFlushes = ({ memory, estimatedDecodedBytes }: Plan) =>
  expect(estimatedDecodedBytes / memory.flushBytes).toBeGreaterThan(4);

const variants: readonly Variant[] = [
  { title: 'memory', shards: 3, strategy: 'memory', workers: 2, proofs: [] },
  { title: 'memory', shards: 3, strategy: 'memory', workers: 4, proofs: [] },
  {
    title: 'spill, several shards a bucket',
    shards: 40,
    strategy: 'spill',
    workers: 1,
    budgets: 1.05,
    proofs: [manyBuckets, bucketsOfShards, manyFlushes],
  },
  {
    title: 'spill, shards in pieces',
    shards: 3,
    strategy: 'spill',
    workers: 1,
    budgets: 1.05,
    proofs: [manyBuckets, shardsInPieces, manyFlushes],
  },
  {
    title: 'spill, shards in pieces',
    shards: 3,
    strategy: 'spill',
    workers: 2,
    budgets: 2.1,
    proofs: [manyBuckets, shardsInPieces],
  },
  {
    title: 'spill, shards in pieces',
    shards: 3,
    strategy: 'spill',
    workers: 4,
    budgets: 4.2,
    proofs: [manyBuckets, shardsInPieces],
  },
  {
    title: 'passes, shards in pieces',
    shards: 3,
    strategy: 'passes',
    workers: 1,
    budgets: 1.2,
    proofs: [severalPasses, shardsInPieces],
  },
  {
    title: 'passes, several shards a bucket',
    shards: 40,
    strategy: 'passes',
    workers: 1,
    budgets: 1.2,
    proofs: [severalPasses, bucketsOfShards],
  },
  { title: 'passes', shards: 40, strategy: 'passes', workers: 2, budgets: 3.4, proofs: [] },
  { title: 'passes', shards: 40, strategy: 'passes', workers: 4, budgets: 6.7, proofs: [] },
];

describe('identical sha256', () => {
  it.each(variants)(
    '$title, $workers workers, $shards shards',
    async ({ shards, strategy, workers, budgets, proofs }) => {
      const reference = references.get(shards)!;
      const memory = budgets === undefined ? {} : { memory: Math.ceil(budgets * minimum) };
      const { hashes, plan } = await makeResult({ shards, strategy, workers, ...memory });
      expect(plan.memory).toMatchObject({ strategy, workers });
      for (const proof of proofs) proof(plan);
      expect(hashes).toEqual(reference.hashes);
    },
  );

  it('whatever the size of the batches that are read', async () => {
    const reference = references.get(3)!;
    const { hashes, plan } = await makeResult({ shards: 3, strategy: 'spill', memory: Math.ceil(1.01 * minimum) });
    expect(plan.memory.readBatchBytes).toBeLessThan(reference.plan.memory.readBatchBytes / 4);
    expect(hashes).toEqual(reference.hashes);
  });

  it('whatever the order in which folders are listed', async () => {
    const { hashes } = await makeResult({ shards: 40 }, { plugins: { storage: wrapperPlugin('reversed-storage') } });
    expect(hashes).toEqual(references.get(40)!.hashes);
  });

  it('wherever the folders lie, spill included, and by whatever names the collections go', async () => {
    const tempDir = join(folder, 'spill here');
    renameSync(join(folder, 'in'), join(folder, 'moved'));
    try {
      const collections = data.collections.map(({ name, path }, index) => ({
        name: `${index} ${name}`,
        path: path.replace(join(folder, 'in'), 'moved'),
      }));
      const { hashes, plan } = await makeResult(
        { collections, shards: 3, tempDir, strategy: 'spill' },
        { baseFolder: folder },
      );
      expect(plan.memory.estimatedSpillBytes).toBeGreaterThan(0);
      expect(hashes).toEqual(references.get(3)!.hashes);
      expect(everythingIn(tempDir)).toEqual([]);
    } finally {
      renameSync(join(folder, 'moved'), join(folder, 'in'));
    }
  });
});

describe('other bytes', () => {
  it('for another seed, with the same rows', async () => {
    const { hashes, output } = await makeResult({ shards: 3, seed: 'another' });
    expect(hashes.filter((hash) => references.get(3)!.hashes.includes(hash))).toEqual([]);
    expect(await columnOfResult(duckdb, output, 'row')).toEqual(expectedSources(data.rows, 'another'));
  });
});
