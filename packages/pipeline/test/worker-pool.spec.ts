import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDB, makeDataset } from '@riffle/testkit';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { preparePlugins } from '../src/plugins/plugin-set.ts';
import { createWorkerPool, type PoolOptions, type WorkerPool } from '../src/pool/worker-pool.ts';
import { builtPlugins, wrapperPlugin } from './support/plugins.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const folder = temporaryFolder();
let file: { readonly path: string; readonly location: string };
let pool: WorkerPool | undefined;
const limits = { decodedBytes: 2 ** 30, ratio: 10_000 };

beforeAll(async () => {
  const connection = await openDuckDB();
  const { files } = await makeDataset(folder, { shardsPerCollection: 1, rowsPerShard: 10, connection });
  connection.closeSync();
  file = { path: 'data.parquet', location: files[0]!.path };
});
afterEach(() => pool?.close());

/** A pool of one worker whose reader has a misfortune at its first `failures` surveys. */
async function poolWith(how: string, failures: number, more: Partial<PoolOptions> = {}): Promise<() => string[]> {
  const log = join(folder, `${how} ${failures}.log`);
  const options = { how, failures, log, when: 'survey', file: '' };
  const references = { ...builtPlugins, readers: [wrapperPlugin('misfit-reader', options)] };
  pool = createWorkerPool({ workers: 1, workerData: { references }, shared: preparePlugins(references), ...more });
  return () => readFileSync(log, 'utf8').trim().split('\n');
}
const examine = () => pool!.run('examine', { files: [file], limits });

describe('a worker whose heap is full', () => {
  const resourceLimits = { maxOldGenerationSizeMb: 64 };
  it('is replaced, and its unit done', async () => {
    const threads = await poolWith('heap', 1, { resourceLimits });
    expect((await examine()).files).toMatchObject([{ status: 'readable', survey: { rows: 10 } }]);
    expect(new Set(threads()).size).toBe(2);
  });

  it('fails the unit the second time, and says what can be done', async () => {
    await poolWith('heap', 2, { resourceLimits });
    await expect(examine()).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: expect.stringMatching(/heap was full.*ERR_WORKER_OUT_OF_MEMORY.*less --memory or fewer --workers/),
      details: { stage: 'survey', file: file.location },
    });
    // The pool itself goes on.
    expect((await examine()).files).toMatchObject([{ status: 'readable' }]);
  });
});

describe('a worker in which a reader trapped', () => {
  it('is retired, and the unit repeated in a fresh one', async () => {
    const threads = await poolWith('refuse', 1);
    expect((await examine()).files).toMatchObject([{ status: 'readable' }]);
    expect(new Set(threads()).size).toBe(2);
  });

  it('is believed the second time, and retired again', async () => {
    const threads = await poolWith('refuse', 2);
    expect((await examine()).files).toMatchObject([{ status: 'bad', reason: 'The codec died.' }]);
    expect((await examine()).files).toMatchObject([{ status: 'readable' }]);
    expect(new Set(threads()).size).toBe(3);
    await examine();
    expect(new Set(threads()).size).toBe(3);
  });
});

describe('a pool that is limited to one of its two threads', () => {
  it('ends the other, and does all units with the one that is left until the limit is raised', async () => {
    const threads = await poolWith('heap', 0, { workers: 2 });
    pool!.expectBytes(1e9);
    await Promise.all([examine(), examine()]);
    expect(new Set(threads()).size).toBe(2);
    pool!.limitTo(1);
    await Promise.all([examine(), examine(), examine()]);
    expect(new Set(threads().slice(2)).size).toBe(1);
    pool!.limitTo(2);
    pool!.expectBytes(1e9);
    await Promise.all([examine(), examine()]);
    expect(new Set(threads()).size).toBe(3);
  });

  it('lets a thread that is at work finish its unit first', async () => {
    const threads = await poolWith('refuse', -1, { workers: 2 });
    pool!.expectBytes(1e9);
    const both = [examine(), examine()];
    pool!.limitTo(1);
    for (const { files } of await Promise.all(both)) expect(files).toMatchObject([{ status: 'readable' }]);
    await examine();
    await examine();
    expect(new Set(threads().slice(2)).size).toBe(1);
  });
});

describe('a pool of two workers', () => {
  it('has one thread while one is enough', async () => {
    const threads = await poolWith('refuse', 0, { workers: 2 });
    for (let unit = 0; unit < 3; unit++) await examine();
    expect(new Set(threads()).size).toBe(1);
  });

  it('has a second one for a unit that waits', async () => {
    await poolWith('hang', 1, { workers: 2 });
    const units = [examine(), examine()];
    for (const unit of units) unit.catch(() => undefined);
    expect((await Promise.any(units)).files).toMatchObject([{ status: 'readable' }]);
  });
});

describe('a pool that is stopped', () => {
  it('while all its workers hang rejects every unit, also those that wait for a worker', async () => {
    const controller = new AbortController();
    await poolWith('hang', 100, { signal: controller.signal });
    const units = [examine(), examine(), examine()];
    setTimeout(() => controller.abort(new Error('enough')), 200);
    for (const unit of units) await expect(unit).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('before it was started does nothing', async () => {
    await poolWith('exit', 100, { signal: AbortSignal.abort() });
    await expect(examine()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

it('a plugin that ends the thread while it is loaded fails the unit instead of leaving it unanswered', async () => {
  const references = { ...builtPlugins, readers: [{ specifier: 'data:text/javascript,process.exit(3)' }] };
  pool = createWorkerPool({ workers: 1, workerData: { references }, shared: Promise.resolve(new Map()) });
  for (let attempt = 0; attempt < 3; attempt++)
    await expect(examine()).rejects.toMatchObject({ code: 'WORKER_FAILED', message: expect.stringContaining('ended') });
});

it('what cannot be sent to a worker fails at once', async () => {
  await poolWith('exit', 0);
  const files = [{ ...file, path: (() => undefined) as unknown as string }];
  await expect(pool!.run('examine', { files, limits })).rejects.toMatchObject({
    code: 'WORKER_FAILED',
    message: expect.stringContaining('could not be cloned'),
  });
});
